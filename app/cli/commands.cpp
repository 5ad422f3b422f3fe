#include "app/cli/commands.h"

namespace convscope {

void add_commands(CLI::App& app, const CommandContext& context) {
  add_conv2d(app, context);
  add_conv2d_grad(app, context);
  add_pool2d(app, context);
  add_learn(app, context);
  add_info(app, context);
}

}  // namespace convscope
