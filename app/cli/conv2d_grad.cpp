#include "app/cli/conv2d_grad.h"

#include <CLI/App.hpp>
#include <memory>
#include <span>

#include "app/cli/command_memory.h"
#include "app/cli/conv_arguments.h"
#include "app/cli/files.h"
#include "app/cli/usage_error.h"
#include "engine/ops/relu.h"

namespace convscope::cli {
namespace {

struct Arguments {
  std::string input;
  std::string weight;
  std::string grad_output;
  bool relu = false;
  std::string bias;
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

// Lets the gradient by ReLU's output pass where the convolution's output is above 0, and so makes
// it the gradient by the convolution's output.
void pass_relu(const Tensor& input, const Tensor& weight, std::span<const float> bias,
               const Conv2dOptions& options, CommandMemory& memory, Tensor& gradient) {
  const Shape& shape = gradient.shape();
  memory.take("the convolution's output", shape, tensor_bytes(shape));
  memory.work(conv2d_scratch_bytes(input.shape(), weight.shape(), options));
  const Tensor output = as_usage([&] { return conv2d(input, weight, bias, options); });
  relu_grad_into(gradient, output, gradient);
}

void require_arguments(const Arguments& a) {
  if (a.grad_input.empty() && a.grad_weight.empty() && a.grad_bias.empty())
    throw UsageError(
        "no gradient was asked for; name a file with --grad-input, --grad-weight or --grad-bias");
  if (!a.bias.empty() && !a.relu)
    throw UsageError("--bias is for --relu only: without it no gradient depends on the bias");
}

void run(const Arguments& a, const CommandContext& context) {
  require_arguments(a);
  CommandMemory memory(context.memory);
  memory.read(a.weight);
  const Tensor weight = read_tensor(context, a.weight);
  const Conv2dOptions options = conv_options(a.conv, {weight.shape().h, weight.shape().w});
  memory.read(a.input);
  const Tensor input = read_input(
      context, a.input, input_channels(weight.shape(), options.groups, options.transposed));
  memory.read(a.grad_output);
  Tensor grad_output = read_tensor(context, a.grad_output);
  const Shape expected =
      as_usage([&] { return conv2d_output_shape(input.shape(), weight.shape(), options); });
  require_output_shape("--grad-output", a.grad_output, grad_output.shape(), expected);
  if (a.relu) {
    const std::vector<float> bias = read_bias(context, a.bias);
    pass_relu(input, weight, bias, options, memory, grad_output);
  }
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
  file("--input", a->input,
       "the input, an array (.npy, .npz:NAME, .csv) or a picture, as for conv2d")
      ->required();
  file("--weight", a->weight, "the weight, an array, as for conv2d")->required();
  file("--grad-output", a->grad_output, "gradient by the output, an array of the output's shape")
      ->required();
  command->add_flag("--relu", a->relu,
                    "a ReLU follows the convolution and --grad-output is the gradient by its "
                    "output, which passes only where conv2d's output, with --bias, is above 0");
  file("--bias", a->bias, "[C_out] as an array, as for conv2d; only for --relu");
  add_conv_arguments(*command, a->conv);
  file("--grad-input", a->grad_input, "where the gradient by the input goes, .npy");
  file("--grad-weight", a->grad_weight, "where the gradient by the weight goes, .npy");
  file("--grad-bias", a->grad_bias, "where the gradient by the bias goes, .npy of [C_out]");
  command->callback([a, context] { run(*a, context); });
}

}  // namespace convscope::cli
