#include "app/cli/conv2d.h"

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
  std::string bias;
  ConvArguments conv;
  std::string output;
};

void run(const Arguments& a, const CommandContext& context) {
  CommandMemory memory(context.memory);
  memory.read(a.weight);
  const Tensor weight = read_tensor(context, a.weight);
  const Conv2dOptions options = conv_options(a.conv, {weight.shape().h, weight.shape().w});
  memory.read(a.input);
  const Tensor input = read_input(
      context, a.input, input_channels(weight.shape(), options.groups, options.transposed));
  const std::vector<float> bias = read_bias(context, a.bias);
  const Shape shape =
      as_usage([&] { return conv2d_output_shape(input.shape(), weight.shape(), options); });
  memory.take("the output", shape, tensor_bytes(shape));
  memory.work(conv2d_scratch_bytes(input.shape(), weight.shape(), options));
  Outputs outputs;
  outputs.claim(a.output);
  const Tensor output = as_usage([&] { return conv2d(input, weight, bias, options); });
  outputs.add(a.output, output);
  outputs.commit(context.out);
}

}  // namespace

void add_conv2d(CLI::App& app, const CommandContext& context) {
  CLI::App* command = app.add_subcommand(
      "conv2d", "Cross-correlate an input with a weight, as torch.nn.functional.conv2d does");
  const auto a = std::make_shared<Arguments>();
  command
      ->add_option("--input", a->input,
                   "[N, C, H, W], [C, H, W] or [H, W] as an array (.npy, .npz:NAME, "
                   ".safetensors:NAME, idx, .csv), or a picture: grey if the weight "
                   "takes one channel, else as the file is, from 0 to 1")
      ->type_name("FILE")
      ->required();
  command->add_option("--weight", a->weight, "[C_out, C_in/groups, kh, kw] or [kh, kw] as an array")
      ->type_name("FILE")
      ->required();
  command->add_option("--bias", a->bias, "[C_out] as an array; without it there is none")
      ->type_name("FILE");
  add_conv_arguments(*command, a->conv);
  command->add_option("--output", a->output, "where the output goes, as float32 .npy")
      ->type_name("FILE")
      ->required();
  command->callback([a, context] { run(*a, context); });
}

}  // namespace convscope::cli
