#include "app/panels/backward/kernel_gradient_panel.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/panels/backward/gradient_card.h"
#include "app/panels/parts/card_facts.h"
#include "app/panels/parts/card_place.h"
#include "app/panels/parts/outlines.h"
#include "app/panels/parts/shown_sample.h"
#include "app/program/view/linked_cells.h"
#include "app/program/view/names.h"
#include "app/ui/card.h"
#include "app/ui/rows.h"
#include "app/ui/text.h"
#include "app/ui/text_fit.h"
#include "app/ui/tooltip.h"
#include "app/ui/weight_grid.h"
#include "engine/core/number_text.h"
#include "engine/core/shape_text.h"
#include "engine/ops/padded_gradient.h"

namespace convscope::panels {
namespace {

constexpr float kHalfTurn = 3.14159265f;

// A grid of weights below its name.
struct NamedGrid {
  const char* id;
  std::string name;
  std::string symbol;
  const Tensor& plane;
  std::span<const ui::CellOutline> outlines;
  float turn = 0.0f;
};

ui::WeightGridEvent draw_grid(const PanelContext& context, const NamedGrid& grid, ImVec2 at,
                              ImVec2 size) {
  ui::Ui& ui = context.ui;
  ImGui::SetCursorScreenPos(at);
  ImGui::BeginGroup();
  const std::string shown = ui::elided(ui.theme.font.small, grid.name, size.x);
  ui::label(ui, shown);
  if (shown.size() < grid.name.size()) ui::tooltip(ui, grid.name);
  ui.items.add_last(std::string(grid.id) + "/name");
  ui::WeightGridArgs args;
  args.id = grid.id;
  args.weight = &grid.plane;
  args.style =
      ui::style_for(grid.plane, 0, context.view.settings.dark(), ui::MapChoice::kDiverging);
  args.size = {size.x, std::max(1.0f, size.y - (ImGui::GetCursorScreenPos().y - at.y))};
  args.editable = false;
  args.symbol = grid.symbol.c_str();
  args.indices = plane_indices(context.layer.now().kernel, context.layer.shown);
  args.outlines = grid.outlines;
  args.turn = grid.turn;
  const ui::WeightGridEvent event = ui::weight_grid(ui, args);
  ImGui::EndGroup();
  return event;
}

// Outlines the weights that take part in what is pointed at, and the nudged one.
std::vector<ui::CellOutline> outlines_of(const PanelContext& context,
                                         const LayerGradients& gradients, bool turned) {
  std::vector<ui::CellOutline> outlines;
  const Shape& k = gradients.kernel.shape();
  const auto add = [&](CellGrid grid, ImU32 color) {
    if (turned) grid.first = {k.h - 1 - grid.first.y, k.w - 1 - grid.first.x};
    add_outlines(grid, color, outlines);
  };
  const ShownPlanes& shown = context.layer.shown;
  // What is pointed at is drawn over what was chosen.
  if (const std::optional<Yx> cell =
          nudged_cell(context, NudgedPlane::kWeight, shown.filter, shown.slice))
    add({*cell, {1, 1}, {1, 1}}, context.ui.theme.color.accent);
  for (const CellGrid& grid : linked_weights(context.view.links, gradients.layer))
    add(grid, context.ui.theme.color.linked);
  return outlines;
}

// Returns the shown plane of the weight that the gradient went through.
Tensor shown_weight(const PanelContext& context, const LayerGradients& gradients) {
  const Tensor& weight = gradients.layer.weight;
  // A kernel that all channels share is repeated for each of them.
  const bool shared = gradients.kernel.shape() != weight.shape();
  return shared ? weight_plane(weight, 0, 0) : shown_plane(context, weight);
}

// Returns the angle by which the kernel is still away from its turned position.
float remaining_turn(const PanelContext& context, bool turned, BackwardState& state) {
  const double now = ImGui::GetTime();
  if (!state.shown && turned && !context.view.settings.reduced_motion) state.turning.start(now);
  state.shown = true;
  return (state.turning.progress(now) - 1.0f) * kHalfTurn;
}

// Returns "∂L/∂W · ∂L/∂b 0.5", in a narrow card shorter, with fewer digits, and with "so far"
// during a sweep.
std::string weight_title(const PanelContext& context, const LayerGradients& gradients,
                         float width) {
  const std::string weight = gradient_weight_symbol(context);
  std::string text = (waits_for_sweep(context) ? "so far ∂L/∂" : "∂L/∂") + weight;
  if (gradients.bias.empty()) return text;
  const auto channel =
      std::min(static_cast<std::size_t>(context.layer.shown.output), gradients.bias.size() - 1);
  const auto bias = static_cast<double>(gradients.bias[channel]);
  const std::string exact = number_text(bias, 3);
  const std::string rounded = number_text(bias, 2);
  for (const std::string& behind : {" · ∂L/∂b " + exact, " · ∂b " + exact, " · ∂b " + rounded}) {
    std::string title = text;
    title += behind;
    if (ui::label_width(context.ui, title) <= width) return title;
  }
  std::string shortest = "∂";
  shortest += weight;
  shortest += " · ∂b ";
  shortest += rounded;
  return shortest;
}

// Returns "W turned by 180°", shorter in a narrow card.
std::string turned_title(const ui::Ui& ui, const std::string& symbol, float width) {
  std::string title = symbol + " turned by 180°";
  return ui::label_width(ui, title) <= width ? title : symbol + " turned";
}

void draw_grids(const PanelContext& context, const LayerGradients& gradients,
                BackwardState& state) {
  ui::Ui& ui = context.ui;
  const bool turned = !gradients.layer.options.transposed;
  const std::string symbol = gradient_weight_symbol(context);
  Tensor weight = shown_weight(context, gradients);
  const Tensor gradient = shown_plane(context, gradients.kernel);
  const Yx k{gradient.shape().h, gradient.shape().w};
  if (turned) weight = rotated_180(weight, 1);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 room = inset_for_outlines(ui);
  const float gap = ui.theme.px(10.0f);
  const ImVec2 half{room.x, std::floor((room.y - gap) * 0.5f)};
  const std::vector<ui::CellOutline> of_turned = outlines_of(context, gradients, turned);
  const float turn = remaining_turn(context, turned, state);
  const ImVec2 left{ImGui::GetCursorScreenPos().x, at.y};
  const ui::WeightGridEvent upper = draw_grid(
      context,
      {"gradient/turned", turned ? turned_title(ui, symbol, half.x) : symbol + " as it is",
       turned ? "turned " + symbol : symbol, weight, of_turned, turn},
      left, half);
  const std::vector<ui::CellOutline> outlines = outlines_of(context, gradients, false);
  const ui::WeightGridEvent lower =
      draw_grid(context,
                {"gradient/weight", weight_title(context, gradients, half.x), "∂L/∂" + symbol,
                 gradient, outlines, 0.0f},
                {left.x, left.y + half.y + gap}, half);
  if (upper.hovered)
    context.hovered.weight =
        turned ? Yx{k.y - 1 - upper.hovered->y, k.x - 1 - upper.hovered->x} : *upper.hovered;
  if (lower.hovered) context.hovered.weight = lower.hovered;
  if (lower.clicked)
    choose_nudge(context, NudgedPlane::kWeight,
                 {context.layer.shown.filter, context.layer.shown.slice, lower.clicked->y,
                  lower.clicked->x});
}

}  // namespace

void draw_kernel_gradient_panel(const PanelContext& context, const Rect& rect,
                                BackwardState& state) {
  ui::Ui& ui = context.ui;
  const LayerGradients* gradients = shown_gradients(context);
  std::string subtitle = std::string("∂L/∂") + gradient_weight_symbol(context);
  if (gradients != nullptr) {
    const Shape& k = gradients->kernel.shape();
    subtitle += " · " + size_text({k.h, k.w});
  }
  ui::begin_card(ui, "card/kernel", rect.min(), rect.size(), "Kernel", subtitle);
  if (gradients != nullptr)
    draw_grids(context, *gradients, state);
  else
    draw_no_gradient(context, "gradient/kernel/notice", ImGui::GetContentRegionAvail());
  ui::end_card();
}

}  // namespace convscope::panels
