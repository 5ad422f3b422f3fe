#include "app/files/preset_weight.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/files/json_text.h"
#include "app/scene/layer_presets.h"
#include "engine/core/error.h"
#include "engine/kernel_info/kernels.h"

namespace convscope::files {

Tensor preset_weight(const KernelScene& kernel, const std::string& place) {
  constexpr Yx kSize{3, 3};
  const auto presets = kernel_presets();
  if (std::ranges::find(presets, kernel.preset, &KernelPreset::name) != presets.end())
    return named_kernel(kernel, kernel.preset, kSize);
  std::string names;
  for (const KernelPreset& each : presets)
    names += (names.empty() ? "\"" : ", \"") + std::string(each.name) + "\"";
  throw Error(place + " is " + short_text(Json(kernel.preset)) + "; it must be one of " + names +
              " where there is no \"weight\"");
}

}  // namespace convscope::files
