#include "app/look/compared_run.h"

#include <array>

#include "app/look/optimizer_label.h"
#include "engine/core/number_text.h"

namespace convscope::look {

std::string run_label(const ComparedRun& run) {
  return std::string(optimizer_label(run.optimizer)) + " at " +
         number_text(static_cast<double>(run.rate), 3);
}

Color compared_color(const Palette& palette, std::size_t run) {
  const std::array colors = {palette.warn, palette.good, palette.bad};
  return colors[run % colors.size()];
}

}  // namespace convscope::look
