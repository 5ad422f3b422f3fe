#include "app/cli/pool2d_grad.h"

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
  std::string grad_output;
  PoolArguments pool;
  std::string indices;
  std::string grad_input;
};

// Returns the places of the maxima, of the file that --indices names or else of the input.
std::vector<Index> winners(const Arguments& a, const Tensor& input, const Pool2dOptions& options,
                           const Shape& output, CommandMemory& memory) {
  if (a.indices.empty()) {
    memory.take("the output", output, pool2d_bytes(output, options.kind));
    memory.work(pool2d_scratch_bytes(input.shape(), options));
    return pool2d(input, options).indices;
  }
  memory.read_indices(a.indices);
  return read_indices(a.indices, "--indices", output);
}

Tensor max_gradient(const Arguments& a, const Tensor& grad_output, const Tensor& input,
                    const Pool2dOptions& options, CommandMemory& memory) {
  const std::vector<Index> indices = winners(a, input, options, grad_output.shape(), memory);
  try {
    return max_pool2d_grad(grad_output, indices, input.shape(), options);
  } catch (const Error& error) {
    // Shapes and options were checked before: one of the indices in the file names no cell.
    throw UsageError("--indices \"" + a.indices + "\" does not fit: " + error.what());
  }
}

void run(const Arguments& a, const CommandContext& context) {
  const PoolingScene asked = pooling(a.pool, a.indices);
  CommandMemory memory(context.memory);
  memory.read(a.input);
  const Tensor input = read_input(context, a.input);
  const Pool2dOptions options = as_usage([&] { return pool_options(asked, input.shape()); });
  const Shape output = as_usage([&] { return pool2d_output_shape(input.shape(), options); });
  memory.read(a.grad_output);
  const Tensor grad_output = read_tensor(context, a.grad_output);
  require_output_shape("--grad-output", a.grad_output, grad_output.shape(), output);
  memory.take("the gradient by the input", input.shape(), tensor_bytes(input.shape()));
  memory.work(pool2d_grad_scratch_bytes(input.shape(), options));
  Outputs outputs;
  outputs.claim(a.grad_input);
  outputs.add(a.grad_input, options.kind == PoolKind::kAverage
                                ? avg_pool2d_grad(grad_output, input.shape(), options)
                                : max_gradient(a, grad_output, input, options, memory));
  outputs.commit(context.out);
}

}  // namespace

void add_pool2d_grad(CLI::App& app, const CommandContext& context) {
  CLI::App* command = app.add_subcommand(
      "pool2d-grad",
      "Gradient of a loss by pool2d's input, given its gradient by the output, as PyTorch's "
      "autograd gives it");
  const auto a = std::make_shared<Arguments>();
  const auto file = [&](const char* name, std::string& path, const char* help) {
    return command->add_option(name, path, help)->type_name("FILE");
  };
  add_pool_kind(*command, a->pool);
  file("--input", a->input,
       "the input, an array (.npy, .npz:NAME, .csv) or a picture, as for pool2d")
      ->required();
  file("--grad-output", a->grad_output, "gradient by the output, an array of the output's shape")
      ->required();
  add_pool_arguments(*command, a->pool);
  file("--indices", a->indices,
       "the places of the maxima as pool2d --indices wrote them, which may be those of another "
       "input; without it those of the input; max only");
  file("--grad-input", a->grad_input, "where the gradient by the input goes, as float32 .npy")
      ->required();
  command->callback([a, context] { run(*a, context); });
}

}  // namespace convscope::cli
