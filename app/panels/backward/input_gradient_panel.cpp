#include "app/panels/backward/input_gradient_panel.h"

#include <string>
#include <vector>

#include "app/look/gradient_strips.h"
#include "app/panels/backward/gradient_card.h"
#include "app/panels/parts/card_facts.h"
#include "app/panels/parts/card_place.h"
#include "app/panels/parts/outlines.h"
#include "app/panels/parts/row_curve.h"
#include "app/program/view/backward_view.h"
#include "app/program/view/names.h"
#include "app/ui/card.h"

namespace convscope::panels {
namespace {

// Says what becomes of the share of the padding's cells.
std::string ring_text(const LayerGradients& gradients) {
  if (!gradients.framed) return "Σ of the outputs it reached, each by its weight";
  return gradients.layer.options.padding_mode == PaddingMode::kZeros
             ? "hatched: the padding's share, which falls off"
             : "hatched: the share of copies, added back";
}

void draw_plane(const PanelContext& context, const LayerGradients& gradients, bool color_bar,
                BackwardState& state) {
  const Shape& input = gradients.input->shape();
  const bool ring = gradients.framed != nullptr;
  const Padding padding = ring ? gradients.layer.options.padding : Padding{};
  const Yx origin{padding.top, padding.left};
  ui::HeatmapArgs args =
      gradient_args(context, "gradient/input", ring ? gradients.framed : gradients.input,
                    context.layer.shown.input);
  args.color_bar = color_bar;
  args.symbol = "∂L/∂X";
  args.origin = origin;
  if (ring) args.hatched = look::padding_strips(padding, input);
  std::vector<ui::CellOutline> outlines;
  for (CellGrid grid : gradient_inputs(context.view.links, gradient_layer(context, gradients))) {
    grid.first = {grid.first.y + origin.y, grid.first.x + origin.x};
    add_outlines(grid, context.ui.theme.color.linked, outlines);
  }
  args.outlines = outlines;
  if (const std::optional<Yx> cell =
          nudged_cell(context, NudgedPlane::kInput, args.sample, args.channel))
    args.selected = Yx{cell->y + origin.y, cell->x + origin.x};
  const ui::HeatmapEvent event = draw_with_curve(context, "gradient/input", args, state.input);
  const auto unframed = [&](Yx cell) { return Yx{cell.y - origin.y, cell.x - origin.x}; };
  if (event.hovered) context.hovered.input = unframed(*event.hovered);
  if (!event.clicked) return;
  const Yx cell = unframed(*event.clicked);
  if (cell.y >= 0 && cell.x >= 0 && cell.y < input.h && cell.x < input.w)
    choose_nudge(context, NudgedPlane::kInput, {args.sample, args.channel, cell.y, cell.x});
}

}  // namespace

void draw_input_gradient_panel(const PanelContext& context, const Rect& rect,
                               BackwardState& state) {
  ui::Ui& ui = context.ui;
  const LayerGradients* gradients = shown_gradients(context);
  std::string subtitle = "∂L/∂X";
  if (gradients != nullptr) subtitle += " · " + plane_text(gradients->input->shape());
  if (waits_for_sweep(context)) subtitle += " · so far";
  ui::begin_card(ui, "card/input", rect.min(), rect.size(), "Input", subtitle);
  if (gradients != nullptr && !is_low(ui.theme, rect))
    draw_card_facts(context, Card::kInput, "input/facts", ring_text(*gradients));
  if (gradients != nullptr)
    draw_plane(context, *gradients, !is_very_low(ui.theme, rect), state);
  else
    draw_no_gradient(context, "gradient/input/notice", ImGui::GetContentRegionAvail());
  ui::end_card();
}

}  // namespace convscope::panels
