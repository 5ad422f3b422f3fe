#include "engine/pool2d.h"

#include <CLI/App.hpp>
#include <memory>

#include "app/cli/commands.h"
#include "app/cli/files.h"
#include "app/cli/usage_error.h"
#include "app/cli/values.h"

namespace convscope {
namespace {

struct Arguments {
  std::string kind;
  std::string input;
  std::string kernel;
  std::string stride;  // empty: the kernel's
  std::string padding = "0";
  std::string dilation = "1";
  bool ceil = false;
  bool exclude_pad = false;
  std::string output;
  std::string indices;
};

Pool2dOptions pool_options(const Arguments& a) {
  Pool2dOptions options;
  if (a.kind != "max" && a.kind != "avg")
    throw UsageError("--kind is \"" + a.kind + "\"; it must be max or avg");
  options.kind = a.kind == "max" ? PoolKind::kMax : PoolKind::kAverage;
  if (options.kind == PoolKind::kAverage && !a.indices.empty())
    throw UsageError("--indices is for --kind max only: an average has no place");
  if (options.kind == PoolKind::kMax && a.exclude_pad)
    throw UsageError("--exclude-pad is for --kind avg only: padding never wins a maximum");
  options.kernel = parse_pair("--kernel", a.kernel);
  options.stride = a.stride.empty() ? options.kernel : parse_pair("--stride", a.stride);
  options.padding = parse_pair("--padding", a.padding);
  options.dilation = parse_pair("--dilation", a.dilation);
  options.ceil_mode = a.ceil;
  options.count_include_pad = !a.exclude_pad;
  return options;
}

void run(const Arguments& a, const CommandContext& context) {
  const Pool2dOptions options = pool_options(a);
  const Tensor input = read_input(a.input);
  const Pool2dResult result = as_usage([&] { return pool2d(input, options); });
  Outputs outputs;
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
  text("--padding", a->padding, "N|Y,X",
       with_default("cells added on both sides, at most half the kernel", a->padding));
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

}  // namespace convscope
