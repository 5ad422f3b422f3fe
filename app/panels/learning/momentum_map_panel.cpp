#include "app/panels/learning/momentum_map_panel.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "app/panels/learning/landscape_axes.h"
#include "app/panels/learning/learning_words.h"
#include "app/panels/learning/momentum_map_marks.h"
#include "app/panels/learning/present_rate.h"
#include "app/panels/parts/card_controls.h"
#include "app/panels/parts/notice.h"
#include "app/scene/option_limits.h"
#include "app/ui/buttons.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/rate_slider.h"
#include "app/ui/rows.h"
#include "app/ui/text.h"
#include "app/ui/text_fit.h"
#include "app/ui/tooltip.h"
#include "engine/core/number_text.h"

namespace convscope::panels {
namespace {

constexpr Index kRows = 96;
constexpr const char* kBest = "Best";

// Returns so many columns that the cells are about square.
Yx cells_for(ImVec2 room) {
  const float ratio = room.x / std::max(1.0f, room.y);
  const auto columns = static_cast<Index>(std::lround(ratio * static_cast<float>(kRows)));
  return {kRows, std::clamp<Index>(columns, kRows / 2, kRows * 3)};
}

void update(const KnownRates& known, double rate, Yx cells, MomentumMapState& state) {
  MomentumMapPicture& p = state.picture;
  MomentumMapAxes axes = momentum_map_axes(known.largest, known.smallest, rate);
  if (state.dragging) axes = p.axes;  // the picture stays in place
  const bool same = axes == p.axes && known.momentum.nesterov == p.nesterov &&
                    known.largest == p.largest && known.smallest == p.smallest && cells == p.cells;
  if (same && !p.bands.empty()) return;
  p = {axes, known.momentum.nesterov, known.largest, known.smallest, cells, Tensor(), {}};
  p.bands = momentum_bands(axes, p.nesterov, p.largest, p.smallest, cells);
  p.revision = Revision::fresh();
}

// A point of the map: 3 digits of the rate, 2 of 1 − β.
struct MapPoint {
  double rate = 0.0;
  double beta = 0.0;
};

MapPoint rounded(MapPoint point) {
  const double left = ui::rounded_rate(1.0 - point.beta);
  const double digits = std::pow(10.0, std::floor(std::log10(left)) - 1.0);
  const double beta = 1.0 - std::round(left / digits) * digits;
  constexpr double kNone = 0.03;  // so near to the lower edge that none is meant
  return {ui::rounded_rate(point.rate),
          point.beta < kNone ? 0.0 : std::clamp(beta, 0.0, kMaxMomentum)};
}

// Takes a point: plain gradient descent becomes momentum where it is given some.
void take_point(const PanelContext& context, const KnownRates& known, MapPoint point,
                bool continues) {
  LearningScene learning = context.layer.scene.learning;
  if (known.plain() && point.beta > 0.0) learning.optimizer = OptimizerKind::kMomentum;
  learning.tuning.momentum = static_cast<float>(point.beta);
  learning.rate = float_rate(point.rate);
  if (learning.share_of_cliff > 0.0f) {
    const Momentum momentum{point.beta, known.momentum.nesterov};
    const double cliff = cliff_reach(momentum) / known.largest;
    learning.share_of_cliff = static_cast<float>(ui::rounded_rate(point.rate / cliff));
  }
  if (learning == context.layer.scene.learning) return;
  context.actions.edit(std::move(learning), continues);
}

ui::HeatmapArgs picture_args(const MomentumMapPicture& picture) {
  ui::HeatmapArgs args;
  args.id = "momentum";
  args.tensor = &picture.bands;
  args.revision = picture.revision;
  args.style.map = ColorMap::kViridis;
  const ui::ValueRange colors = ui::finite_range(picture.bands.values());
  args.style.lo = colors.hi;  // bright where it is fast
  args.style.hi = colors.lo;
  args.color_bar = false;
  args.numbers = false;
  args.paint = true;
  args.brush = {0, 0};
  return args;
}

// The place of the pointer, or of the keyboard in the middle of a cell.
ImVec2 pointed(const ui::HeatmapEvent& event, const Yx& cell) {
  if (!event.by_keys) return ImGui::GetIO().MousePos;
  return event.screen(static_cast<double>(cell.y) + 0.5, static_cast<double>(cell.x) + 0.5);
}

void drag_point(const PanelContext& context, const KnownRates& known, const ui::HeatmapEvent& event,
                const MapPlace& place, MomentumMapState& state) {
  const bool held = ImGui::IsMouseDown(ImGuiMouseButton_Left);
  // Beside the map the point that is dragged goes along its edge.
  if (!event.left_down && !(state.dragging && held)) {
    state.dragging = false;
    return;
  }
  const ImGuiIO& io = ImGui::GetIO();
  const bool moved = io.MouseDelta.x != 0.0f || io.MouseDelta.y != 0.0f;
  if (state.dragging && !moved) return;
  const ImVec2 to = event.left_down ? pointed(event, *event.left_down) : io.MousePos;
  const auto [rate, beta] = place.at(to);
  take_point(context, known, rounded({rate, beta}), state.dragging);
  state.dragging = true;
}

// "24 steps", and where: "β 0.9, η 0.005"
struct StepsText {
  std::string steps;
  std::string at;
  std::string whole() const { return steps + ": " + at; }
};
StepsText steps_text(const KnownRates& known, MapPoint point) {
  const Momentum momentum{point.beta, known.momentum.nesterov};
  const double decay = slowest_decay(momentum, point.rate, known.largest, known.smallest);
  return {decay > 0.0 ? number_text(steps_for_digit(decay), 3) + " steps" : "diverges",
          "β " + number_text(point.beta, 3) + ", η " + number_text(point.rate, 3)};
}

// Writes it in one line beside the button, and in two where that is too narrow. Registers
// "momentum/steps".
void write_steps(ui::Ui& ui, const StepsText& text, float room) {
  const std::string whole = text.whole();
  if (ui::label_width(ui, whole) <= room) {
    ui::label(ui, whole);
    ui.items.add_last("momentum/steps");
    return;
  }
  ImFont* font = ui.theme.font.small;
  const float line = std::round(ui::font_size(font) * 0.85f);
  const ImVec2 row = ImGui::GetCursorScreenPos();
  const ImVec2 at{row.x, std::round(row.y + 0.5f * ui::row_height(ui) - line)};
  ImDrawList* list = ImGui::GetWindowDrawList();
  ui::draw_text(list, font, line, at, ui.theme.color.muted, text.steps);
  ui::draw_text(list, font, line, {at.x, at.y + line}, ui.theme.color.muted,
                ui::elided(font, text.at, room));
  ImGui::Dummy({std::max(1.0f, room), ui::row_height(ui)});
  ui.items.add_last("momentum/steps");
}

// Writes what happens at the point under the pointer, or at the present one, and offers the best.
void draw_controls(const PanelContext& context, const KnownRates& known, MapPoint shown) {
  ui::Ui& ui = context.ui;
  const BestMomentum best = best_momentum(known.momentum.nesterov, known.largest, known.smallest);
  const float button = ui::button_width(ui, kBest);
  ui::flow(ui, button);
  if (ui::button(ui, "momentum/take-best", kBest, {.tooltip = kBestPairWords}))
    take_point(context, known, {best.rate, std::min(best.beta, kMaxMomentum)}, false);
  const float room = ImGui::GetContentRegionAvail().x - button - ImGui::GetStyle().ItemSpacing.x;
  ImGui::SameLine();
  write_steps(ui, steps_text(known, shown), room);
  ui::tooltip(ui, "The steps after which the loss is a tenth. At best " +
                      steps_text(known, {best.rate, best.beta}).whole() + ".");
}

void draw_no_map(const PanelContext& context, ImVec2 size) {
  const bool adam = context.layer.scene.learning.optimizer == OptimizerKind::kAdam;
  const TrainingSnapshot* training = context.layer.training;
  // Known eigenvalues that are all 0 give no rates.
  const bool known = training != nullptr && training->analysis != nullptr;
  draw_notice(context.ui, "momentum/notice",
              adam    ? kAdamMapWords
              : known ? kNoDirectionWords
                      : "The map is drawn when the eigenvalues are known.",
              size, context.ui.theme.color.muted);
}

}  // namespace

void draw_momentum_map(const PanelContext& context, MomentumMapState& state, ImVec2 size) {
  ui::Ui& ui = context.ui;
  const std::optional<KnownRates> known = present_rates(context);
  if (!known) {
    draw_no_map(context, size);
    return;
  }
  const auto rate = static_cast<double>(present_rate(context));
  const ImVec2 room{size.x, height_above(ui, state.controls)};
  const AxisNames names = place_axis_names(ui.theme, "η", "β", {room.y, room.y});
  const ImVec2 area{room.x - 2.0f * names.side, room.y - names.line};
  update(*known, rate, cells_for(area), state);
  const MomentumMapPicture& picture = state.picture;
  ui::HeatmapArgs args = picture_args(picture);
  args.size = area;
  const ui::HeatmapEvent event = ui::heatmap_view(ui, args, state.heatmap);
  const MapPlace place{event, picture.axes, picture.cells};
  const double beta = known->momentum.beta;
  draw_map_marks(ui, place, *known, {rate, beta});
  draw_axis_names(
      ui, names, event, event.screen(0, 0),
      event.screen(static_cast<double>(picture.cells.y), static_cast<double>(picture.cells.x)));
  draw_keyed_cell(ui, event);
  MapPoint shown{rate, beta};
  if (event.hovered && !state.dragging) {
    const auto [over_rate, over_beta] = place.at(pointed(event, *event.hovered));
    shown = rounded({over_rate, over_beta});
  }
  drag_point(context, *known, event, place, state);
  begin_controls(ui, state.controls);
  draw_controls(context, *known, shown);
  state.controls = end_controls(ui, state.controls);
}

}  // namespace convscope::panels
