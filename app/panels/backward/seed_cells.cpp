#include "app/panels/backward/seed_cells.h"

#include <optional>
#include <utility>

#include "app/panels/backward/gradient_card.h"
#include "app/panels/kernel_page/input_panel.h"
#include "app/scene/shared_tensor.h"

namespace convscope::panels {
namespace {

bool is_painted(const PanelContext& context) {
  return context.layer.scene.backward.source == GradientSource::kPicture;
}

void draw_stroke(const PanelContext& context, const Shape& plane, const ui::HeatmapArgs& args,
                 const ui::HeatmapEvent& event, BackwardState& state) {
  if (const std::string told = ended_stroke(context.ui, "G", {plane.h, plane.w}, state.brush,
                                            context.document.undo_step(), state.stroke);
      !told.empty())
    context.actions.push(Tell{told, true});
  const std::optional<StrokePiece> piece = next_piece(event, state.stroke);
  if (!piece) return;
  BackwardScene backward = context.layer.scene.backward;
  std::optional<PaintedPiece> made =
      painted(gradient_seed(backward, plane), args.sample, args.channel, *piece, state.brush);
  if (!made) return;
  backward.picture = shared_tensor(std::move(made->tensor));
  context.actions.edit(std::move(backward), state.stroke.edited);
  note_piece(*piece, made->before, state.stroke);
}

}  // namespace

std::string seed_text(const PanelContext& context) {
  return is_painted(context) ? "drawn: L = Σ G · P" : "a single 1: L is this cell";
}

void prepare_seed(const PanelContext& context, const Shape& plane, ui::HeatmapArgs& args,
                  BackwardState& state) {
  if (!is_painted(context)) {
    // The 1 is seen in a large plane, too.
    BackwardScene backward = context.layer.scene.backward;
    if (!backward.cell) backward.cell = context.live.backward()->loss.cell;
    const SeedCell at = seed_cell(backward, plane);
    if (at.sample == args.sample && at.channel == args.channel) args.selected = at.cell;
    return;
  }
  args.paint = state.brush.taken && plane.h * plane.w <= kMaxPaintedCells;
  args.brush = {state.brush.size, state.brush.size};
}

void take_seed(const PanelContext& context, const Shape& plane, const ui::HeatmapArgs& args,
               const ui::HeatmapEvent& event, BackwardState& state) {
  if (args.paint) return draw_stroke(context, plane, args, event, state);
  if (!event.clicked) return;
  if (is_painted(context)) {
    choose_nudge(context, NudgedPlane::kPooled,
                 {args.sample, args.channel, event.clicked->y, event.clicked->x});
    return;
  }
  BackwardScene backward = context.layer.scene.backward;
  backward.sample = args.sample;
  backward.channel = args.channel;
  backward.cell = *event.clicked;
  context.actions.edit(std::move(backward));
}

}  // namespace convscope::panels
