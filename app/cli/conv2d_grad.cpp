#include "app/cli/conv2d_grad.h"

#include <CLI/App.hpp>
#include <memory>

#include "app/cli/command_memory.h"
#include "app/cli/conv_arguments.h"
#include "app/cli/files.h"
#include "app/cli/usage_error.h"

namespace convscope::cli {
namespace {

struct Arguments {
  std::string input;
  std::string weight;
  std::string grad_output;
  ConvArguments conv;
  std::string grad_input;
  std::string grad_weight;
  std::string grad_bias;
};

// Adds the memory of the requested gradients.
void add_memory(const Arguments& a, const Shape& input, const Shape& weight,
                const Conv2dOptions& options, CommandMemory& memory) {
  if (!a.grad_input.empty()) {
    memory.take("the gradient by the input", input, tensor_bytes(input));
    memory.work(conv2d_grad_input_scratch_bytes(input, weight, options));
  }
  if (!a.grad_weight.empty()) {
    memory.take("the gradient by the weight", weight, tensor_bytes(weight));
    memory.work(conv2d_grad_weight_scratch_bytes(input, weight, options));
  }
}

void run(const Arguments& a, const CommandContext& context) {
  if (a.grad_input.empty() && a.grad_weight.empty() && a.grad_bias.empty())
    throw UsageError(
        "no gradient was asked for; name a file with --grad-input, --grad-weight or --grad-bias");
  CommandMemory memory(context.memory);
  memory.read(a.weight);
  const Tensor weight = read_tensor(context, a.weight);
  const Conv2dOptions options = conv_options(a.conv, {weight.shape().h, weight.shape().w});
  memory.read(a.input);
  const Tensor input = read_input(
      context, a.input, input_channels(weight.shape(), options.groups, options.transposed));
  memory.read(a.grad_output);
  const Tensor grad_output = read_tensor(context, a.grad_output);
  const Shape expected =
      as_usage([&] { return conv2d_output_shape(input.shape(), weight.shape(), options); });
  if (grad_output.shape() != expected)
    throw UsageError("--grad-output \"" + a.grad_output + "\" is " +
                     to_string(grad_output.shape()) + "; it must have the output's shape " +
                     to_string(expected));
  add_memory(a, input.shape(), weight.shape(), options, memory);
  Outputs outputs;
  for (const std::string& path : {a.grad_input, a.grad_weight, a.grad_bias})
    outputs.claim(path);
  if (!a.grad_input.empty())
    outputs.add(a.grad_input, conv2d_grad_input(grad_output, weight, input.shape(), options));
  if (!a.grad_weight.empty())
    outputs.add(a.grad_weight, conv2d_grad_weight(input, grad_output, weight.shape(), options));
  if (!a.grad_bias.empty()) outputs.add_vector(a.grad_bias, conv2d_grad_bias(grad_output));
  outputs.commit(context.out);
}

}  // namespace

void add_conv2d_grad(CLI::App& app, const CommandContext& context) {
  CLI::App* command = app.add_subcommand(
      "conv2d-grad",
      "Gradients of a loss by conv2d's input, weight and bias, given its gradient "
      "by the output");
  const auto a = std::make_shared<Arguments>();
  const auto file = [&](const char* name, std::string& path, const char* help) {
    return command->add_option(name, path, help)->type_name("FILE");
  };
  file("--input", a->input, "the input, .npy or a picture, as for conv2d")->required();
  file("--weight", a->weight, "the weight, .npy, as for conv2d")->required();
  file("--grad-output", a->grad_output, "gradient by the output, .npy of the output's shape")
      ->required();
  add_conv_arguments(*command, a->conv);
  file("--grad-input", a->grad_input, "where the gradient by the input goes, .npy");
  file("--grad-weight", a->grad_weight, "where the gradient by the weight goes, .npy");
  file("--grad-bias", a->grad_bias, "where the gradient by the bias goes, .npy of [C_out]");
  command->callback([a, context] { run(*a, context); });
}

}  // namespace convscope::cli
