#include "app/panels/backward/pooled_gradient_panel.h"

#include <string>
#include <vector>

#include "app/panels/backward/gradient_card.h"
#include "app/panels/backward/seed_cells.h"
#include "app/panels/parts/card_facts.h"
#include "app/panels/parts/card_place.h"
#include "app/panels/parts/notice.h"
#include "app/panels/parts/outlines.h"
#include "app/panels/parts/range_popup.h"
#include "app/panels/parts/shown_sample.h"
#include "app/program/view/backward_view.h"
#include "app/program/view/names.h"
#include "app/ui/card.h"

namespace convscope::panels {
namespace {

void draw_plane(const PanelContext& context, const LayerGradients& gradients, bool color_bar,
                BackwardState& state) {
  const Shape& pooled = gradients.pooled->shape();
  const ImVec2 size = inset_for_outlines(context.ui);
  ui::HeatmapArgs args = gradient_args(context, "gradient/pooled", gradients.pooled,
                                       shown_channel(context, *gradients.pooled));
  args.size = size;
  args.color_bar = color_bar;
  args.symbol = "∂L/∂P";
  std::vector<ui::CellOutline> outlines;
  for (const CellGrid& grid :
       gradient_pooled(context.view.links, gradient_layer(context, gradients)))
    add_outlines(grid, context.ui.theme.color.linked, outlines);
  args.outlines = outlines;
  if (const std::optional<Yx> cell =
          nudged_cell(context, NudgedPlane::kPooled, args.sample, args.channel))
    args.selected = *cell;
  prepare_seed(context, pooled, args, state);
  const ui::HeatmapEvent event = draw_heatmap(context, "gradient/pooled", args, state.pooled);
  if (event.hovered) context.hovered.pooled = event.hovered;
  take_seed(context, pooled, args, event, state);
}

}  // namespace

void draw_pooled_gradient_panel(const PanelContext& context, const Rect& rect,
                                std::span<const Card> shared, BackwardState& state) {
  ui::Ui& ui = context.ui;
  const LayerGradients* gradients = shown_gradients(context);
  const bool there = gradients != nullptr && gradients->pooled;
  std::string subtitle = "∂L/∂P";
  if (there) subtitle += " · " + plane_text(gradients->pooled->shape());
  begin_card(context, rect, {"card/pooled", Card::kPooled, "Pooled", subtitle}, shared,
             "output/tabs");
  if (there && !is_low(ui.theme, rect))
    draw_card_facts(context, Card::kPooled, "pool/facts", seed_text(context));
  if (there) {
    draw_plane(context, *gradients, !is_very_low(ui.theme, rect), state);
  } else if (gradients != nullptr) {
    draw_notice(ui, "gradient/pooled/notice",
                context.layer.scene.backward.source == GradientSource::kError
                    ? "The learning compares Ŷ with its target, before the pooling."
                    : "The loss is a cell of Y, before the pooling.",
                ImGui::GetContentRegionAvail(), ui.theme.color.muted);
  } else {
    draw_no_gradient(context, "gradient/pooled/no-gradient", ImGui::GetContentRegionAvail());
  }
  ui::end_card();
}

}  // namespace convscope::panels
