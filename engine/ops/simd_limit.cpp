#include "engine/ops/simd_limit.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <stdexcept>

#include "engine/ops/fast/targets.h"
// targets.h must come before Highway.
#include <hwy/highway.h>

namespace convscope::engine {
namespace {

// Highway calls AVX-512 "AVX3" and has several kinds of it.
std::string name_of(std::int64_t target) {
  std::string name = hwy::TargetName(target);
  if (name.starts_with("AVX3")) return "avx512";
  std::ranges::transform(name, name.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return name;
}

// Returns the bits of the targets that can be chosen. A better target has a lower bit.
std::vector<std::int64_t> targets() {
  std::vector<std::int64_t> all;
  for (std::int64_t left = hwy::SupportedTargets() & HWY_TARGETS; left != 0; left &= left - 1)
    all.push_back(left & -left);
  return all;
}

}  // namespace

std::vector<std::string> simd_names() {
  std::vector<std::string> names;
  for (const std::int64_t target : targets()) {
    const std::string name = name_of(target);
    if (names.empty() || names.back() != name) names.push_back(name);
  }
  return names;
}

void limit_simd(std::string_view name) {
  for (const std::int64_t target : targets()) {
    if (name_of(target) != name) continue;
    // DisableTargets would not do: Highway 1.0 forgets it whenever someone asks for the supported
    // targets. Removes all better targets and makes Highway choose again.
    hwy::SetSupportedTargetsForTest(hwy::SupportedTargets() & ~(target - 1));
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    return;
  }
  std::string text;
  for (const std::string& known : simd_names())
    text += (text.empty() ? "\"" : ", \"") + known + "\"";
  throw std::invalid_argument("is \"" + std::string(name) +
                              "\"; on this processor it must be one of " + text);
}

}  // namespace convscope::engine
