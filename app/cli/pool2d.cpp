#include "app/cli/pool2d.h"

#include <CLI/App.hpp>
#include <memory>

#include "app/cli/command_memory.h"
#include "app/cli/files.h"
#include "app/cli/pool_arguments.h"
#include "app/cli/usage_error.h"
#include "engine/ops/pool2d.h"

namespace convscope::cli {
namespace {

struct Arguments {
  std::string input;
  PoolArguments pool;
  std::string output;
  std::string indices;
};

void run(const Arguments& a, const CommandContext& context) {
  const PoolingScene asked = pooling(a.pool, a.indices);
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
  const auto file = [&](const char* name, std::string& path, const char* help) {
    return command->add_option(name, path, help)->type_name("FILE");
  };
  add_pool_kind(*command, a->pool);
  file("--input", a->input, "the input, an array (.npy, .npz:NAME, .csv) or a picture")->required();
  add_pool_arguments(*command, a->pool);
  file("--output", a->output, "where the output goes, as float32 .npy")->required();
  file("--indices", a->indices,
       "where the places of the maxima go, as int64 .npy: y*W + x in the input; max only");
  command->callback([a, context] { run(*a, context); });
}

}  // namespace convscope::cli
