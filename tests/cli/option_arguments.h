#pragma once

#include <string>
#include <vector>

#include "engine/ops/conv2d.h"
#include "engine/ops/pool2d.h"

// Writes the engine's options as a call of a command does.
namespace convscope::cli {

inline std::string pair(engine::Yx v) {
  return std::to_string(v.y) + "," + std::to_string(v.x);
}

inline std::string sides(const engine::Padding& p) {
  return pair({p.top, p.left}) + "," + pair({p.bottom, p.right});
}

inline std::vector<std::string> as_arguments(const engine::Conv2dOptions& o) {
  std::vector<std::string> result{
      "--stride",       pair(o.stride),          "--padding",  sides(o.padding),
      "--padding-mode", name(o.padding_mode),    "--dilation", pair(o.dilation),
      "--groups",       std::to_string(o.groups)};
  if (o.transposed)
    result.insert(result.end(), {"--transposed", "--output-padding", pair(o.output_padding)});
  return result;
}

// No option has the divisor_override.
inline std::vector<std::string> as_arguments(const engine::Pool2dOptions& o) {
  std::vector<std::string> result{"--kind",     o.kind == engine::PoolKind::kMax ? "max" : "avg",
                                  "--kernel",   pair(o.kernel),
                                  "--stride",   pair(o.stride),
                                  "--padding",  sides(o.padding),
                                  "--dilation", pair(o.dilation)};
  if (o.allow_large_padding) result.emplace_back("--allow-large-padding");
  if (o.ceil_mode) result.emplace_back("--ceil");
  if (!o.count_include_pad) result.emplace_back("--exclude-pad");
  return result;
}

}  // namespace convscope::cli
