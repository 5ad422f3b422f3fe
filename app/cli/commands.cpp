#include "app/cli/commands.h"

#include <CLI/App.hpp>

#include "app/cli/animate.h"
#include "app/cli/completion.h"
#include "app/cli/conv2d.h"
#include "app/cli/conv2d_grad.h"
#include "app/cli/info.h"
#include "app/cli/learn.h"
#include "app/cli/lesson.h"
#include "app/cli/pool2d.h"
#include "app/cli/pool2d_grad.h"
#include "app/cli/render.h"
#include "app/cli/send.h"
#include "app/cli/snippet.h"

namespace convscope::cli {
namespace {

std::string empty_value(const std::string& value) {
  return value.empty() ? "is empty; it needs a value" : "";
}

// Refuses calls that CLI11 accepts although they have no meaning: it reads "--dark=7" as "--dark"
// and ignores --output "".
void refuse_meaningless_values(CLI::App& app) {
  for (CLI::Option* option : app.get_options()) {
    if (option->get_items_expected_max() == 0) {
      option->disable_flag_override();
    } else {
      option->check(empty_value, "");
    }
  }
  for (CLI::App* command : app.get_subcommands({}))
    refuse_meaningless_values(*command);
}

}  // namespace

void add_commands(CLI::App& app, const CommandContext& context) {
  add_conv2d(app, context);
  add_conv2d_grad(app, context);
  add_pool2d(app, context);
  add_pool2d_grad(app, context);
  add_learn(app, context);
  add_info(app, context);
  add_lesson(app, context);
  add_render(app, context);
  add_animate(app, context);
  add_send(app, context);
  add_completion(app, context);
  add_snippet(app, context);
  refuse_meaningless_values(app);
}

}  // namespace convscope::cli
