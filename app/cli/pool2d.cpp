#include "app/cli/pool2d.h"

#include <CLI/App.hpp>
#include <algorithm>
#include <memory>

#include "app/cli/command_memory.h"
#include "app/cli/files.h"
#include "app/cli/usage_error.h"
#include "app/cli/values.h"
#include "app/scene/scene.h"
#include "engine/core/shape_text.h"
#include "engine/ops/pool2d.h"

namespace convscope::cli {
namespace {

struct Arguments {
  std::string kind;
  std::string input;
  std::string kernel;
  std::string stride;  // empty for the kernel's size
  std::string padding = "0";
  std::string dilation = "1";
  bool large_padding = false;
  bool ceil = false;
  bool exclude_pad = false;
  std::string output;
  std::string indices;
};

PoolingScene pooling(const Arguments& a) {
  PoolingScene result;
  Pool2dOptions& options = result.options;
  if (a.kind != "max" && a.kind != "avg")
    throw UsageError("--kind is \"" + a.kind + "\"; it must be max or avg");
  options.kind = a.kind == "max" ? PoolKind::kMax : PoolKind::kAverage;
  if (options.kind == PoolKind::kAverage && !a.indices.empty())
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
  return result;
}

void require_usual_padding(const Arguments& a, const Pool2dOptions& options) {
  const Yx& k = options.kernel;
  if (std::min(k.y, k.x) < 1 || options.allow_large_padding || !has_large_padding(options)) return;
  throw UsageError("--padding " + a.padding + " is more than half the kernel " + pair_text(k) +
                   "; it must be at most " + pair_text({k.y / 2, k.x / 2}) +
                   ", or --allow-large-padding given");
}

void run(const Arguments& a, const CommandContext& context) {
  const PoolingScene asked = pooling(a);
  if (asked.padding_choice == PaddingChoice::kExplicit) require_usual_padding(a, asked.options);
  CommandMemory memory(context.memory);
  memory.read(a.input);
  const Tensor input = read_input(context, a.input);
  const Pool2dOptions options = as_usage([&] { return pool_options(asked, input.shape()); });
  const Shape shape = as_usage([&] { return pool2d_output_shape(input.shape(), options); });
  memory.take("the output", shape, pool2d_bytes(shape, options.kind));
  memory.work(pool2d_scratch_bytes(input.shape(), options));
  Outputs outputs;
  for (const std::string& path : {a.output, a.indices})
    outputs.claim(path);
  const Pool2dResult result = as_usage([&] { return pool2d(input, options); });
  outputs.add(a.output, result.output);
  outputs.add_indices(a.indices, result.output.shape(), result.indices);
  outputs.commit(context.out);
}

}  // namespace

void add_pool2d(CLI::App& app, const CommandContext& context) {
  CLI::App* command =
      app.add_subcommand("pool2d", "Max or average pooling, as torch.nn.functional does");
  const auto a = std::make_shared<Arguments>();
  const auto text = [&](const char* name, std::string& value, const char* type,
                        const std::string& help) {
    return command->add_option(name, value, help)->type_name(type);
  };
  text("--kind", a->kind, "max|avg", "max or average")->required();
  text("--input", a->input, "FILE", "the input, .npy or a picture")->required();
  text("--kernel", a->kernel, "N|Y,X", "size of the window")->required();
  text("--stride", a->stride, "N|Y,X", "step of the window; without it the kernel's size");
  text(
      "--padding", a->padding, "PAD",
      with_default(
          "cells added on each side, at most half the kernel: N for all, Y,X or "
          "TOP,LEFT,BOTTOM,RIGHT; \"same\" gives ceil(input / stride) cells at any stride, "
          "as TensorFlow's SAME and ONNX's SAME_UPPER (give SAME_LOWER by numbers), \"valid\" is 0",
          a->padding));
  command->add_flag(
      "--allow-large-padding", a->large_padding,
      "let the padding be more than half the kernel, as ONNX does; where a window sees "
      "nothing else, the maximum is -inf, its index -1, and the average 0");
  text("--dilation", a->dilation, "N|Y,X",
       with_default("distance between the cells of a window; max only", a->dilation));
  command->add_flag("--ceil", a->ceil, "round the output's size up: PyTorch's ceil_mode");
  command->add_flag("--exclude-pad", a->exclude_pad,
                    "don't count padding in the average (count_include_pad=False); avg only");
  text("--output", a->output, "FILE", "where the output goes, as float32 .npy")->required();
  text("--indices", a->indices, "FILE",
       "where the places of the maxima go, as int64 .npy: y*W + x in the input; max only");
  command->callback([a, context] { run(*a, context); });
}

}  // namespace convscope::cli
