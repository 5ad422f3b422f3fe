#pragma once

#include <CLI/App.hpp>
#include <string>

#include "app/cli/names.h"
#include "engine/ops/conv2d.h"

namespace convscope::cli {

// The options of a convolution as given on the command line.
struct ConvArguments {
  std::string stride = "1";
  std::string padding = "0";
  std::string padding_mode = "zeros";
  std::string dilation = "1";
  std::string groups = "1";
  bool transposed = false;
  std::string output_padding = "0";
};

// Registers the options from --stride to --output-padding.
void add_conv_arguments(CLI::App& command, ConvArguments& arguments);

// Returns the engine's options for a kernel of `kernel` (kh, kw) cells. Throws UsageError for
// values that are not accepted.
Conv2dOptions conv_options(const ConvArguments& arguments, Yx kernel);

}  // namespace convscope::cli
