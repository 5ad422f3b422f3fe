#include "app/program/brush_key.h"

#include <utility>

#include "engine/core/number_text.h"

namespace convscope::program {

void toggle_brush(const Scene& scene, PanelStates& panels, View& view) {
  const Shape& s = scene.input.tensor->shape();
  const bool backwards = view.settings.backward && view.on_kernel_page();
  Brush& brush = panels.pointed_brush(backwards);
  if (&brush == &panels.backward.brush && scene.backward.source != GradientSource::kPicture) {
    view.show(
        ShowMessage{"The brush paints gradients where L is a picture: choose it among the "
                    "controls of the cards."});
    return;
  }
  if (&brush == &panels.input.brush && s.h * s.w > kMaxPaintedCells) {
    view.show(ShowMessage{"An input of more than " + count_text(kMaxPaintedCells) +
                          " cells can't be painted; take a smaller size."});
    return;
  }
  brush.taken = !brush.taken;
  if (brush.taken) view.shift.on = false;
  // The inspector shows what is painted, and how wide.
  if (&brush == &panels.input.brush && brush.taken && view.on_kernel_page())
    view.show(SelectCard{Card::kInput});
}

bool lay_brush_down(PanelStates& panels, const View& view) {
  if (!view.on_kernel_page()) return false;
  const bool input = std::exchange(panels.input.brush.taken, false);
  const bool target = std::exchange(panels.error.target.brush.taken, false);
  const bool gradient = std::exchange(panels.backward.brush.taken, false);
  return input || target || gradient;
}

}  // namespace convscope::program
