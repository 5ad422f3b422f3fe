#include "engine/ops/simd_limit.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <stdexcept>

#include "engine/ops/fast/targets.h"
// After it.
#include <hwy/highway.h>

namespace convscope {
namespace {

// Highway calls what the world calls AVX-512 its third AVX, and has several of them.
std::string name_of(std::int64_t target) {
  std::string name = hwy::TargetName(target);
  if (name.starts_with("AVX3")) return "avx512";
  std::ranges::transform(name, name.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return name;
}

// The bits of the targets that can be chosen. A better one has a lower bit.
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
    // Not DisableTargets: Highway 1.0 forgets it whenever somebody asks what is supported. All that
    // are better go, and what was chosen so far is chosen anew.
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

}  // namespace convscope
