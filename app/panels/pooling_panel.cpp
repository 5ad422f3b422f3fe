#include "app/panels/pooling_panel.h"

#include <algorithm>
#include <array>

#include "app/ui/widgets.h"
#include "engine/shape_text.h"
#include "engine/size_formula.h"

namespace convscope {
namespace {

using ui::EditEvent;

void draw_controls(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  PoolScene pool = context.scene.pool;
  Pool2dOptions& options = pool.options;
  constexpr std::array kKinds = {"max", "average"};
  auto kind = static_cast<int>(options.kind);
  ui::flow(ui, ui::segmented_width(ui, kKinds));
  if (ui::segmented(ui, "pool/kind", kKinds, kind)) {
    options.kind = static_cast<PoolKind>(kind);
    if (options.kind == PoolKind::kAverage) options.dilation = {1, 1};
    context.actions.edit(pool);
  }
  ui::flow(ui, ui::pair_width(ui, "size", options.kernel));
  if (const EditEvent event = ui::pair_field(ui, "pool/kernel", "size", options.kernel, {1, 1},
                                             {64, 64}, "rows and columns of the window")) {
    // The stride follows the window as long as they are equal; the padding stays within half of it.
    if (context.scene.pool.options.stride == context.scene.pool.options.kernel) {
      options.stride = options.kernel;
    }
    options.padding = {std::min(options.padding.y, options.kernel.y / 2),
                       std::min(options.padding.x, options.kernel.x / 2)};
    context.actions.edit(pool, event.continues);
  }
  ui::flow(ui, ui::pair_width(ui, "stride", options.stride));
  if (const EditEvent event = ui::pair_field(ui, "pool/stride", "stride", options.stride, {1, 1},
                                             {64, 64}, "cells from one window to the next")) {
    context.actions.edit(pool, event.continues);
  }
  ui::flow(ui, ui::pair_width(ui, "padding", options.padding));
  if (const EditEvent event =
          ui::pair_field(ui, "pool/padding", "padding", options.padding, {0, 0},
                         {options.kernel.y / 2, options.kernel.x / 2},
                         "cells added on both sides; at most half the window")) {
    context.actions.edit(pool, event.continues);
  }
}

// Along one axis, the pooled cells whose window holds output cell `at`.
CellGrid pooled_cells_of(Yx at, const Pool2dOptions& o, const Shape& pooled) {
  const auto axis = [](Index cell, Index kernel, Index stride, Index padding, Index dilation,
                       Index count, Index& first, Index& number) {
    first = 0;
    number = 0;
    for (Index p = 0; p < count; ++p) {
      const Index offset = cell + padding - p * stride;
      if (offset < 0 || offset > (kernel - 1) * dilation || offset % dilation != 0) continue;
      if (number == 0) first = p;
      number = p - first + 1;
    }
  };
  CellGrid grid;
  axis(at.y, o.kernel.y, o.stride.y, o.padding.y, o.dilation.y, pooled.h, grid.first.y,
       grid.count.y);
  axis(at.x, o.kernel.x, o.stride.x, o.padding.x, o.dilation.x, pooled.w, grid.first.x,
       grid.count.x);
  return grid;
}

}  // namespace

void draw_pooling_panel(const PanelContext& context, const Rect& rect, PoolingPanelState& state) {
  ui::Ui& ui = context.ui;
  const Results* results = context.results;
  const bool there = results != nullptr && results->pooled != nullptr;
  std::string subtitle = "P";
  if (there) subtitle += " · " + plane_text(results->pooled->output.shape());
  ui::begin_card(ui, "card/pooled", rect.min(), rect.size(), "Pooled", subtitle);
  if (results != nullptr && results->output) {
    const Pool2dOptions& o = results->scene.pool.options;
    const Shape& y = results->output->shape();
    draw_size_lines(
        ui, "pool/formula",
        pool_size_formula(y.h, o.padding.y, o.kernel.y, o.stride.y, o.dilation.y, o.ceil_mode),
        pool_size_formula(y.w, o.padding.x, o.kernel.x, o.stride.x, o.dilation.x, o.ceil_mode));
  }
  const ImVec2 size{ImGui::GetContentRegionAvail().x, height_above(ui, state.controls)};
  if (there) {
    const Tensor& pooled = results->pooled->output;
    std::vector<ui::CellOutline> outlines;
    if (context.links.output) {
      add_outlines(
          pooled_cells_of(*context.links.output, results->scene.pool.options, pooled.shape()),
          ui.theme.color.linked, outlines);
    }
    if (context.links.pooled) {
      outlines.push_back(
          {context.links.pooled->y, context.links.pooled->x, 1, 1, ui.theme.color.linked});
    }
    ui::HeatmapArgs args;
    args.id = "pooled";
    args.tensor = &pooled;
    args.version = context.results_version;
    args.channel = shown_channel(context, pooled);
    // The output's range, so that equal colours mean equal values.
    args.style = context.styles.style("output", *results->output, context.results_version,
                                      args.channel, context.view);
    args.size = size;
    args.outlines = outlines;
    args.symbol = "P";
    const ui::HeatmapEvent event = ui::heatmap_view(ui, args, state.heatmap);
    if (event.hovered) context.hovered.pooled = event.hovered;
  } else if (results != nullptr) {
    draw_notice(ui, "pooled/notice", "Nothing pooled: " + results->pooled_error + ".", size,
                results->output ? ui.theme.color.bad : ui.theme.color.muted);
  }
  begin_controls(ui, state.controls);
  draw_controls(context);
  state.controls = end_controls(ui, state.controls);
  ui::end_card();
}

}  // namespace convscope
