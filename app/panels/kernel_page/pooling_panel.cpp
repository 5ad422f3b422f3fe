#include "app/panels/kernel_page/pooling_panel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "app/panels/learning/slow_motion.h"
#include "app/panels/parts/card_facts.h"
#include "app/panels/parts/card_place.h"
#include "app/panels/parts/explore_controls.h"
#include "app/panels/parts/notice.h"
#include "app/panels/parts/outlines.h"
#include "app/panels/parts/range_popup.h"
#include "app/panels/parts/shift_ghost.h"
#include "app/panels/parts/shown_sample.h"
#include "app/panels/parts/size_lines.h"
#include "app/program/view/card_meaning.h"
#include "app/program/view/linked_cells.h"
#include "app/program/view/names.h"
#include "app/scene/option_limits.h"
#include "app/ui/buttons.h"
#include "app/ui/card.h"
#include "app/ui/fields.h"
#include "app/ui/heatmap_view.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/list_button.h"
#include "app/ui/popup.h"
#include "app/ui/rows.h"
#include "app/ui/text.h"
#include "app/ui/tooltip.h"
#include "engine/core/shape_text.h"
#include "engine/explain/size_formula.h"
#include "engine/ops/cell_links.h"

namespace convscope::panels {
namespace {

using ui::EditEvent;

// Returns the padding that the scene asks for; "same" is computed for the current output.
Padding shown_padding(const PanelContext& context) {
  const PoolingScene& pool = context.layer.now().pool;
  const bool known =
      context.layer.results() != nullptr && context.layer.results()->output != nullptr;
  if (pool.padding_choice == PaddingChoice::kSame && !known) return {};
  return pool_options(pool, known ? context.layer.results()->output->shape() : Shape{1, 1, 1, 1})
      .padding;
}

// Returns the largest accepted padding.
Yx max_padding(const Pool2dOptions& options) {
  if (options.allow_large_padding) return {kMaxPadding, kMaxPadding};
  return {options.kernel.y / 2, options.kernel.x / 2};
}

// Reduces the padding to at most `limit` on each axis.
void keep_within(const Yx& limit, Padding& p) {
  p = {std::min(p.top, limit.y), std::min(p.left, limit.x), std::min(p.bottom, limit.y),
       std::min(p.right, limit.x)};
}

// Takes over the edited options, with the padding within its limits; where these made it smaller,
// says so.
void edit_within_limits(const PanelContext& context, PoolingScene pool, bool continues = false) {
  const Padding asked = pool.options.padding;
  keep_within(max_padding(pool.options), pool.options.padding);
  const Padding taken = pool.options.padding;
  const Yx window = pool.options.kernel;
  const bool tells = pool.padding_choice == PaddingChoice::kExplicit && taken != asked;
  edit_layer(context, pool, continues);
  if (!tells) return;
  context.actions.push(Tell{"Padding " + brief_padding_text(asked) +
                            " is more than half the window (" + size_text(window) +
                            "): " + brief_padding_text(taken) + " is taken."});
}

void draw_padding(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  PoolingScene pool = context.layer.now().pool;
  const Padding p = shown_padding(context);
  Yx padding{p.top, p.left};
  const bool even = p.top == p.bottom && p.left == p.right;
  const char* label = even ? "padding" : "top, left";
  std::string tip = "cells added";
  tip += even ? " on both sides of the axis"
              : "; at the bottom " + std::to_string(p.bottom) + ", at the right " +
                    std::to_string(p.right) + ": More… has all four";
  if (!pool.options.allow_large_padding) tip += "; at most half the window";
  const float room = std::max(ui::label_width(ui, "padding"), ui::label_width(ui, "top, left"));
  constexpr Yx kWidest{kMaxPadding, kMaxPadding};
  ui::flow(ui, room + ui.theme.px(8.0f) + ui::pair_width(ui, "", kWidest));
  ImGui::BeginGroup();
  ui::label_within(ui, label, room);
  const EditEvent event = ui::pair_field(ui, "pool/padding", "", padding, {0, 0},
                                         max_padding(pool.options), tip.c_str(), kWidest);
  ImGui::EndGroup();
  if (event) {
    pool.padding_choice = PaddingChoice::kExplicit;
    pool.options.padding = {padding.y, padding.x, even ? padding.y : p.bottom,
                            even ? padding.x : p.right};
    edit_within_limits(context, pool, event.continues);
  }
}

void draw_padding_choice(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  PoolingScene pool = context.layer.now().pool;
  constexpr std::array kChoices = {"numbers", "same", "valid"};
  auto choice = static_cast<int>(pool.padding_choice);
  ui::label(ui, "padding by");
  ImGui::SameLine();
  if (ui::combo(ui, "pool/padding-choice", kChoices, choice)) {
    pool.padding_choice = static_cast<PaddingChoice>(choice);
    if (pool.padding_choice == PaddingChoice::kExplicit)
      pool.options.padding = shown_padding(context);
    edit_within_limits(context, pool);
  }
  ui::tooltip(ui,
              "numbers: as in the field; same: as many windows as the output has cells, divided by "
              "the stride and rounded up; valid: no padding");
}

void draw_sides(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  PoolingScene pool = context.layer.now().pool;
  pool.options.padding = shown_padding(context);
  const Yx limits = max_padding(pool.options);
  const auto side = [&](const char* name, const char* label, Index& cells, Index limit) {
    const EditEvent event = ui::int_field(ui, name, label, cells, 0, limit);
    if (!event) return;
    pool.padding_choice = PaddingChoice::kExplicit;
    edit_within_limits(context, pool, event.continues);
  };
  side("pool/padding-top", "top", pool.options.padding.top, limits.y);
  ImGui::SameLine();
  side("pool/padding-bottom", "bottom", pool.options.padding.bottom, limits.y);
  side("pool/padding-left", "left", pool.options.padding.left, limits.x);
  ImGui::SameLine();
  side("pool/padding-right", "right", pool.options.padding.right, limits.x);
}

void draw_large_padding(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  PoolingScene pool = context.layer.now().pool;
  if (ui::checkbox(ui, "pool/large-padding", "more than half the window",
                   pool.options.allow_large_padding)) {
    edit_within_limits(context, pool);
  }
  ui::tooltip(
      ui,
      "Padding beyond half the window, which PyTorch refuses and ONNX takes: where a window "
      "sees nothing else, the maximum is −∞ and the average 0");
}

// Draws the button for rarely changed options.
void draw_more(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  ui::flow(ui, ui::button_width(ui, "More…"));
  if (ui::button(ui, "pool/more", "More…",
                 {.tooltip = "Padding, ReLU, rounding up, dilation, divisor"})) {
    ImGui::OpenPopup("pool/more/popup");
  }
  if (!ui::begin_popup(ui, "pool/more/popup")) return;
  draw_padding_choice(context);
  ImGui::SameLine();
  draw_large_padding(context);
  draw_sides(context);
  PoolingScene pool = context.layer.now().pool;
  Pool2dOptions& options = pool.options;
  ConvolutionLayer layer = context.layer.now();
  if (ui::checkbox(ui, "pool/relu", "ReLU first: pool max(Y, 0)", layer.relu)) {
    edit_layer(context, LayerScene{std::move(layer)});
  }
  ui::tooltip(ui,
              "ReLU is the rectified linear unit: it makes every negative value of the output 0 "
              "before it is pooled");
  if (ui::checkbox(ui, "pool/ceil", "round the size up (ceil_mode)", options.ceil_mode)) {
    edit_layer(context, pool);
  }
  ui::tooltip(ui,
              "Windows may reach past the end; one must still start inside the output or its left "
              "padding");
  if (options.kind == PoolKind::kMax) {
    if (const EditEvent event = ui::pair_field(ui, "pool/dilation", "dilation", options.dilation,
                                               {1, 1}, {kMaxDilation, kMaxDilation},
                                               "cells from one cell of the window to the next")) {
      edit_layer(context, pool, event.continues);
    }
  } else {
    if (ui::checkbox(ui, "pool/include-pad", "count the padding (count_include_pad)",
                     options.count_include_pad)) {
      edit_layer(context, pool);
    }
    ui::tooltip(ui,
                "Whether an average at the border divides by all cells of the window or by those "
                "inside the output alone");
    if (const EditEvent event =
            ui::int_field(ui, "pool/divisor", "divisor", options.divisor_override, 0, kMaxDivisor,
                          "what the sum is divided by; 0: the cells of the window")) {
      edit_layer(context, pool, event.continues);
    }
  }
  ImGui::EndPopup();
}

// Draws the formulas of the pooled plane's size, one line for each axis.
void draw_formulas(const PanelContext& context) {
  const LayerResults* results = context.layer.results();
  if (results == nullptr || !results->output) return;
  const Pool2dOptions& o = results->pool;
  const Shape& y = results->output->shape();
  draw_size_lines(context.ui, "pool/formula",
                  pool_size_formula(y.h, o.padding.top, o.padding.bottom, o.kernel.y, o.stride.y,
                                    o.dilation.y, o.ceil_mode),
                  pool_size_formula(y.w, o.padding.left, o.padding.right, o.kernel.x, o.stride.x,
                                    o.dilation.x, o.ceil_mode));
}

// Returns what matters of the options: "max 2 × 2 · stride 2".
std::string pool_facts(const PoolingScene& pool) {
  const Pool2dOptions& options = pool.options;
  std::string text = options.kind == PoolKind::kMax ? "max " : "average ";
  text += size_text(options.kernel) + " · stride " + brief_pair_text(options.stride);
  if (pool.padding_choice == PaddingChoice::kSame) return text + " · padding same";
  if (options.padding != Padding{}) text += " · padding " + brief_padding_text(options.padding);
  return text;
}

// In slow motion the card beside this one shows the prediction, which is not what is pooled, so
// this one is paled.
void veil(ui::Ui& ui, const ui::HeatmapEvent& event) {
  const ui::Theme& theme = ui.theme;
  constexpr const char* kText = "pools Y, not the prediction";
  ImFont* font = theme.font.small;
  const float size = ui::font_size(font);
  const float width = event.area_max.x - event.area_min.x;
  const ImVec2 extent = ui::wrapped_text_size(font, size, width, kText);
  const ImVec2 at{std::round((event.area_min.x + event.area_max.x - extent.x) * 0.5f),
                  std::round((event.area_min.y + event.area_max.y - extent.y) * 0.5f)};
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(event.area_min, event.area_max, ui::faded(theme.color.card, 0.85f));
  list->AddText(font, size, at, theme.color.ink, kText, nullptr, width);
  ui.items.add("pooled/not-prediction", at, {at.x + extent.x, at.y + extent.y});
}

}  // namespace

void draw_pool_controls(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  PoolingScene pool = context.layer.now().pool;
  Pool2dOptions& options = pool.options;
  constexpr std::array kKinds = {"max", "average"};
  auto kind = static_cast<int>(options.kind);
  ui::flow(ui, ui::segmented_width(ui, kKinds));
  if (ui::segmented(ui, "pool/kind", kKinds, kind)) {
    options.kind = static_cast<PoolKind>(kind);
    if (options.kind == PoolKind::kAverage) options.dilation = {1, 1};
    edit_layer(context, pool);
  }
  ui::tooltip(ui, "What pooling makes of the cells in its window: their maximum or their average");
  ui::flow(ui, ui::pair_width(ui, "size", {kMaxPoolSize, kMaxPoolSize}));
  if (const EditEvent event =
          ui::pair_field(ui, "pool/kernel", "size", options.kernel, {1, 1},
                         {kMaxPoolSize, kMaxPoolSize}, "rows and columns of the window")) {
    // The stride follows the window as long as they are equal.
    if (context.layer.now().pool.options.stride == context.layer.now().pool.options.kernel) {
      options.stride = options.kernel;
    }
    edit_within_limits(context, pool, event.continues);
  }
  ui::flow(ui, ui::pair_width(ui, "stride", {kMaxPoolSize, kMaxPoolSize}));
  if (const EditEvent event =
          ui::pair_field(ui, "pool/stride", "stride", options.stride, {1, 1},
                         {kMaxPoolSize, kMaxPoolSize}, "cells from one window to the next")) {
    edit_layer(context, pool, event.continues);
  }
  draw_padding(context);
  draw_more(context);
}

void draw_pooling_panel(const PanelContext& context, const Rect& rect, std::span<const Card> shared,
                        PoolingPanelState& state) {
  ui::Ui& ui = context.ui;
  const LayerResults* results = context.layer.results();
  const bool there = results != nullptr && results->pooled != nullptr;
  std::string subtitle = context.layer.now().relu ? "P of max(Y, 0)" : "P";
  if (there) subtitle += " · " + plane_text(results->pooled->output.shape());
  begin_card(context, rect, {"card/pooled", Card::kPooled, "Pooled", subtitle}, shared,
             "output/tabs");
  if (!is_low(ui.theme, rect))
    draw_card_facts(
        context, Card::kPooled, "pool/facts",
        facts_or_move(context, SweptPlane::kPooled, pool_facts(context.layer.now().pool)));
  const ImVec2 size = inset_for_outlines(ui);
  if (there) {
    const Tensor& pooled = results->pooled->output;
    std::vector<ui::CellOutline> outlines;
    for (const CellGrid& grid : linked_pooled(context.view.links, *results, results->pool)) {
      add_outlines(grid, ui.theme.color.linked, outlines);
    }
    ui::HeatmapArgs args;
    args.id = "pooled";
    args.show(pooled_values(*results));
    args.sample = shown_sample(context, pooled);
    args.channel = shown_channel(context, pooled);
    // Uses the output's range, so that equal colours mean equal values.
    ui::HeatmapPlane output = args.plane();
    output.tensor = results->output.get();
    output.revision = results->output.revision();
    args.style = context.styles.style("output", output, context.view.settings,
                                      output_meaning(context.layer.scene, context.view.settings));
    args.size = size;
    args.outlines = outlines;
    args.color_bar = !is_very_low(ui.theme, rect);
    args.symbol = "P";
    show_explored(context, SweptPlane::kPooled, args);
    const ui::HeatmapEvent event = draw_heatmap(context, "output", args, state.heatmap);
    if (event.hovered) context.hovered.pooled = event.hovered;
    explore_cells(context, SweptPlane::kPooled, event);
    draw_shift_ghost(context, SweptPlane::kPooled, event);
    if (shown_prediction(context) != nullptr) veil(context.ui, event);
  } else if (results != nullptr) {
    draw_notice(ui, "pooled/notice", "Nothing pooled: " + results->pooled_error + ".", size,
                results->output ? ui.theme.color.bad : ui.theme.color.muted);
  }
  ui::end_card();
}

void draw_pooling_controls(const PanelContext& context) {
  draw_pooled_exploring(context, [&] { draw_pool_controls(context); });
  draw_formulas(context);
}

}  // namespace convscope::panels
