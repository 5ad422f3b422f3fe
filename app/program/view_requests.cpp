#include "app/program/view_requests.h"

#include <optional>

#include "app/program/view/shift_tool.h"

namespace convscope::program {

void request_views(Live& live, const View& view) {
  if (view.on_kernel_page()) {
    live.follow_shift(shift_request(view.shift, live.results(), view.settings.planes));
    live.follow_stage(std::nullopt);
  } else {
    live.follow_shift(std::nullopt);
    if (live.results()) live.follow_stage(stage_request(live.results(), view));
  }
}

}  // namespace convscope::program
