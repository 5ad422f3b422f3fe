#include "app/cli/conv_arguments.h"

#include "app/cli/usage_error.h"
#include "app/cli/values.h"
#include "app/scene/scene.h"
#include "engine/core/option_check.h"

namespace convscope::cli {

void add_conv_arguments(CLI::App& command, ConvArguments& a) {
  const auto text = [&](const char* name, std::string& value, const char* type, const char* help) {
    command.add_option(name, value, with_default(help, value))->type_name(type);
  };
  text("--stride", a.stride, "N|Y,X", "step of the kernel");
  text("--padding", a.padding, "PAD",
       "cells added on each side: N for all, Y,X or TOP,LEFT,BOTTOM,RIGHT; \"same\" keeps the size "
       "at stride 1, \"valid\" is 0");
  text("--padding-mode", a.padding_mode, "MODE",
       "what stands in them: zeros, reflect, replicate or circular");
  text("--dilation", a.dilation, "N|Y,X", "distance between the input cells under two weights");
  text("--groups", a.groups, "N", "groups of channels that don't see each other");
  command.add_flag(
      "--transposed", a.transposed,
      "transposed convolution: the weight is [C_in, C_out/groups, kh, kw], the padding "
      "is taken off the output");
  text("--output-padding", a.output_padding, "N|Y,X",
       "rows and columns added to a transposed convolution's output at the bottom and right");
}

Conv2dOptions conv_options(const ConvArguments& a, Yx kernel) {
  const PaddingValue padding = parse_padding("--padding", a.padding);
  if (a.transposed && padding.choice != PaddingChoice::kExplicit)
    throw UsageError("--padding " + a.padding +
                     " is not for --transposed; give the padding in numbers");
  ConvScene conv;
  conv.padding_choice = padding.choice;
  conv.padding = padding.padding;
  conv.padding_mode = parse_padding_mode("--padding-mode", a.padding_mode);
  conv.stride = parse_pair("--stride", a.stride);
  conv.dilation = parse_pair("--dilation", a.dilation);
  const Index groups = parse_count("--groups", a.groups, 1, kMaxExtent);
  // Checks the dilation first, because "same" multiplies it with the kernel before the engine
  // checks it.
  as_usage([&] { require_range("dilation", conv.dilation, 1); });
  Conv2dOptions options = as_usage([&] { return conv_options(conv, kernel, groups); });
  options.transposed = a.transposed;
  options.output_padding = parse_pair("--output-padding", a.output_padding);
  return options;
}

}  // namespace convscope::cli
