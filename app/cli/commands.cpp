#include "app/cli/commands.h"

#include <CLI/App.hpp>

namespace convscope {
namespace {

// CLI11 takes "--dark=7" for "--dark".
void refuse_values_of_flags(CLI::App& app) {
  for (CLI::Option* option : app.get_options()) {
    if (option->get_items_expected_max() == 0) option->disable_flag_override();
  }
  for (CLI::App* command : app.get_subcommands({}))
    refuse_values_of_flags(*command);
}

}  // namespace

void add_commands(CLI::App& app, const CommandContext& context) {
  add_conv2d(app, context);
  add_conv2d_grad(app, context);
  add_pool2d(app, context);
  add_learn(app, context);
  add_info(app, context);
  refuse_values_of_flags(app);
}

}  // namespace convscope
