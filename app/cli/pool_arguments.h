#pragma once

#include <CLI/App.hpp>
#include <string>

#include "app/cli/names.h"
#include "app/scene/scene.h"

namespace convscope::cli {

// The options of a pooling as given on the command line.
struct PoolArguments {
  std::string kind;
  std::string kernel;
  std::string stride;  // empty for the kernel's size
  std::string padding = "0";
  std::string dilation = "1";
  bool large_padding = false;
  bool ceil = false;
  bool exclude_pad = false;
};

// Register --kind, and the options from --kernel to --exclude-pad.
void add_pool_kind(CLI::App& command, PoolArguments& arguments);
void add_pool_arguments(CLI::App& command, PoolArguments& arguments);

// Returns the pooling that is asked for; pool_options() then gives its padding for an input.
// `indices` is the file that --indices names, if any. Throws UsageError for values that are not
// accepted.
PoolingScene pooling(const PoolArguments& arguments, const std::string& indices);

}  // namespace convscope::cli
