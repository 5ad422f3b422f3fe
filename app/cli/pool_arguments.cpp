#include "app/cli/pool_arguments.h"

#include <algorithm>

#include "app/cli/usage_error.h"
#include "app/cli/values.h"
#include "engine/core/shape_text.h"
#include "engine/ops/pool2d.h"

namespace convscope::cli {
namespace {

void require_usual_padding(const PoolArguments& a, const Pool2dOptions& options) {
  const Yx& k = options.kernel;
  if (std::min(k.y, k.x) < 1 || options.allow_large_padding || !has_large_padding(options)) return;
  throw UsageError("--padding " + a.padding + " is more than half the kernel " + pair_text(k) +
                   "; it must be at most " + pair_text({k.y / 2, k.x / 2}) +
                   ", or --allow-large-padding given");
}

CLI::Option* add_text(CLI::App& command, const char* name, std::string& value, const char* type,
                      const std::string& help) {
  return command.add_option(name, value, help)->type_name(type);
}

}  // namespace

void add_pool_kind(CLI::App& command, PoolArguments& a) {
  add_text(command, "--kind", a.kind, "max|avg", "max or average")->required();
}

void add_pool_arguments(CLI::App& command, PoolArguments& a) {
  add_text(command, "--kernel", a.kernel, "N|Y,X", "size of the window")->required();
  add_text(command, "--stride", a.stride, "N|Y,X",
           "step of the window; without it the kernel's size");
  add_text(
      command, "--padding", a.padding, "PAD",
      with_default(
          "cells added on each side, at most half the kernel: N for all, Y,X or "
          "TOP,LEFT,BOTTOM,RIGHT; \"same\" gives ceil(input / stride) cells at any stride, "
          "as TensorFlow's SAME and ONNX's SAME_UPPER (give SAME_LOWER by numbers), \"valid\" is 0",
          a.padding));
  command.add_flag(
      "--allow-large-padding", a.large_padding,
      "let the padding be more than half the kernel, as ONNX does; where a window sees "
      "nothing else, the maximum is -inf, its index -1, and the average 0");
  add_text(command, "--dilation", a.dilation, "N|Y,X",
           with_default("distance between the cells of a window; max only", a.dilation));
  command.add_flag("--ceil", a.ceil, "round the output's size up: PyTorch's ceil_mode");
  command.add_flag("--exclude-pad", a.exclude_pad,
                   "don't count padding in the average (count_include_pad=False); avg only");
}

PoolingScene pooling(const PoolArguments& a, const std::string& indices) {
  PoolingScene result;
  Pool2dOptions& options = result.options;
  if (a.kind != "max" && a.kind != "avg")
    throw UsageError("--kind is \"" + a.kind + "\"; it must be max or avg");
  options.kind = a.kind == "max" ? PoolKind::kMax : PoolKind::kAverage;
  if (options.kind == PoolKind::kAverage && !indices.empty())
    throw UsageError("--indices is for --kind max only: an average has no place");
  if (options.kind == PoolKind::kMax && a.exclude_pad)
    throw UsageError("--exclude-pad is for --kind avg only: padding never wins a maximum");
  options.kernel = parse_pair("--kernel", a.kernel);
  options.stride = a.stride.empty() ? options.kernel : parse_pair("--stride", a.stride);
  const PaddingValue padding = parse_padding("--padding", a.padding);
  result.padding_choice = padding.choice;
  options.padding = padding.padding;
  options.allow_large_padding = a.large_padding;
  options.dilation = parse_pair("--dilation", a.dilation);
  options.ceil_mode = a.ceil;
  options.count_include_pad = !a.exclude_pad;
  if (result.padding_choice == PaddingChoice::kExplicit) require_usual_padding(a, options);
  return result;
}

}  // namespace convscope::cli
