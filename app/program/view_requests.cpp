#include "app/program/view_requests.h"

#include <optional>

#include "app/program/view/backward_view.h"
#include "app/program/view/shift_tool.h"

namespace convscope::program {

void request_views(Live& live, const View& view) {
  const std::optional<BackwardRequest> backward =
      backward_request(view, live.results(), live.training().snapshot);
  live.follow_backward(backward);
  live.follow_look(gradient_look(view, backward));
  live.follow_nudge(nudge_request(view, backward));
  if (view.on_kernel_page()) {
    live.follow_shift(shift_request(view.shift, live.results(), view.settings.planes));
    live.follow_stage(std::nullopt);
  } else {
    live.follow_shift(std::nullopt);
    if (live.results()) live.follow_stage(stage_request(live.results(), view));
  }
}

}  // namespace convscope::program
