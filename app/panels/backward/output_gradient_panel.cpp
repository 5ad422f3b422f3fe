#include "app/panels/backward/output_gradient_panel.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/look/gradient_strips.h"
#include "app/panels/backward/gradient_card.h"
#include "app/panels/backward/seed_cells.h"
#include "app/panels/parts/card_facts.h"
#include "app/panels/parts/card_place.h"
#include "app/panels/parts/outlines.h"
#include "app/panels/parts/row_curve.h"
#include "app/panels/parts/shown_sample.h"
#include "app/program/view/backward_view.h"
#include "app/program/view/names.h"
#include "app/ui/card.h"

namespace convscope::panels {
namespace {

// Returns how ∂L/∂Y came about.
std::string way_text(const PanelContext& context, const LayerGradients& gradients) {
  const GradientSource source = context.layer.scene.backward.source;
  if (source == GradientSource::kError) return "the error, times the factor of the loss";
  if (source == GradientSource::kOutputCell) return "L is the cell with the 1";
  std::string text = "∂L/∂P through ";
  text += gradients.layer.pool.kind == PoolKind::kMax ? "max pooling" : "average pooling";
  return gradients.mask ? text + " and ReLU" : text;
}

// How the cells of Y stand in the plane that is drawn: as they are, or spread.
struct Spreading {
  bool on = false;
  look::SpreadCells cells;
};

Spreading spreading_of(const LayerGradients& gradients, const BackwardState& state) {
  if (!spreads(gradients, state)) return {};
  return {true, look::spread_cells(gradients.layer.options, gradients.layer.weight.shape())};
}

// Outlines the cells that are linked to the one that is pointed at. Of a spread gradient these are
// for a cell of the input all that the turned kernel meets.
std::vector<ui::CellOutline> outlines_of(const PanelContext& context,
                                         const LayerGradients& gradients,
                                         const Spreading& spreading) {
  std::vector<ui::CellOutline> outlines;
  const ImU32 color = context.ui.theme.color.linked;
  const Links& links = context.view.links;
  const Conv2dOptions& o = gradients.layer.options;
  // A cell of the padding is that sum in every mode; one of the input has its copies' shares, too.
  const bool one_window =
      o.padding_mode == PaddingMode::kZeros || !inside(links.input, gradients.input->shape());
  if (spreading.on && links.input && one_window) {
    const Shape& k = gradients.layer.weight.shape();
    add_outlines(
        {{links.input->y + o.padding.top, links.input->x + o.padding.left}, o.dilation, {k.h, k.w}},
        color, outlines);
    return outlines;
  }
  for (CellGrid grid : gradient_outputs(links, gradient_layer(context, gradients))) {
    grid.first = spreading.cells.to_plane(grid.first);
    add_outlines(grid, color, outlines);
  }
  return outlines;
}

void draw_plane(const PanelContext& context, const LayerGradients& gradients, bool color_bar,
                BackwardState& state) {
  const Spreading spreading = spreading_of(gradients, state);
  const TensorPtr& tensor = spreading.on ? gradients.spread : gradients.output;
  const Shape& output = gradients.output->shape();
  const Shape& plane = tensor->shape();
  if (const Yx size{plane.h, plane.w}; std::exchange(state.output_size, size) != size)
    state.output = {};
  ui::HeatmapArgs args =
      gradient_args(context, "gradient/output", tensor, shown_channel(context, *gradients.output));
  args.color_bar = color_bar;
  if (spreading.on) args.hatched = look::zero_strips(spreading.cells, plane, output);
  const std::string symbol = std::string("∂L/∂") + gradient_output_symbol(context);
  if (!spreading.on) args.symbol = symbol.c_str();
  if (gradients.mask && !spreading.on) {
    args.reveal.count = 0;
    args.reveal.mask = {gradients.mask.get(), gradients.mask.revision(), args.sample, args.channel};
    args.symbol = nullptr;  // the strip says that ReLU lets nothing through
  }
  const std::vector<ui::CellOutline> outlines = outlines_of(context, gradients, spreading);
  args.outlines = outlines;
  if (const std::optional<Yx> cell =
          nudged_cell(context, NudgedPlane::kOutput, args.sample, args.channel))
    args.selected = spreading.cells.to_plane(*cell);
  const bool begins = context.layer.scene.backward.source == GradientSource::kOutputCell;
  if (begins && !spreading.on) prepare_seed(context, output, args, state);
  ui::HeatmapEvent event = draw_with_curve(context, "gradient/output", args, state.output);
  if (event.hovered) context.hovered.output = spreading.cells.to_cell(*event.hovered, output);
  if (event.clicked) event.clicked = spreading.cells.to_cell(*event.clicked, output);
  if (begins) return take_seed(context, output, args, event, state);
  if (event.clicked)
    choose_nudge(context, NudgedPlane::kOutput,
                 {args.sample, args.channel, event.clicked->y, event.clicked->x});
}

}  // namespace

void draw_output_gradient_panel(const PanelContext& context, const Rect& rect,
                                std::span<const Card> shared, BackwardState& state) {
  ui::Ui& ui = context.ui;
  const LayerGradients* gradients = shown_gradients(context);
  std::string subtitle = std::string("∂L/∂") + gradient_output_symbol(context);
  if (gradients != nullptr) {
    subtitle += " · " + plane_text(gradients->output->shape());
    if (spreading_of(*gradients, state).on) subtitle += " · spread";
    if (output_waits_for_sweep(context)) subtitle += " · so far";
  }
  begin_card(context, rect, {"card/output", Card::kOutput, "Output", subtitle}, shared,
             "output/tabs");
  if (gradients != nullptr && !is_low(ui.theme, rect))
    draw_card_facts(context, Card::kOutput, "output/facts", way_text(context, *gradients));
  if (gradients != nullptr)
    draw_plane(context, *gradients, !is_very_low(ui.theme, rect), state);
  else
    draw_no_gradient(context, "gradient/output/notice", ImGui::GetContentRegionAvail());
  ui::end_card();
}

}  // namespace convscope::panels
