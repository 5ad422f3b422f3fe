#include "app/panels/parts/row_curve.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "app/look/plot_axis.h"
#include "app/panels/parts/range_popup.h"
#include "app/ui/heatmap_layers.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/plot_chart.h"
#include "app/ui/plot_lines.h"

namespace convscope::panels {
namespace {

// Lengths at scale 1.
constexpr float kLabels = 36.0f;     // least width of the axis
constexpr float kGap = 6.0f;         // between its labels and the curve
constexpr float kInset = 8.0f;       // above and below the curve
constexpr float kLeast = 150.0f;     // height of curve and heatmap
constexpr float kLeastDots = 12.0f;  // width of a cell whose value has a dot
constexpr float kTick = 34.0f;       // from one tick to the next
constexpr double kShare = 0.55;      // of the height that the curve has

std::vector<Index> channels_of(const ui::HeatmapArgs& args) {
  return args.style.rgb ? std::vector<Index>{0, 1, 2} : std::vector<Index>{args.channel};
}

float value_at(const ui::HeatmapArgs& args, Index channel, Index x) {
  return args.tensor->at(args.sample, channel, 0, x);
}

look::PlotAxis axis_of(const ui::HeatmapArgs& args) {
  look::AxisRange range;
  for (const Index channel : channels_of(args)) {
    for (Index x = 0; x < args.tensor->shape().w; ++x) {
      const float value = value_at(args, channel, x);
      if (std::isfinite(value)) range.add(static_cast<double>(value));
    }
  }
  if (!range.empty()) range.add(0.0);
  return look::roomy_axis(range, false);
}

// The place of the curve; empty where the plane is no row of cells, or the card too low for both.
struct CurvePlace {
  ImVec2 min, max;  // of the curve with the labels at its left
  look::PlotAxis axis;
  std::vector<look::AxisTick> ticks;
  bool empty() const { return max.y <= min.y; }
};

std::vector<look::AxisTick> ticks_of(const ui::Ui& ui, const look::PlotAxis& axis, float height) {
  const int most = std::max(2, static_cast<int>(height / ui.theme.px(kTick)));
  return look::linear_ticks(axis.lo, axis.hi, most);
}

float widest_of(const ui::Ui& ui, const std::vector<look::AxisTick>& ticks) {
  float widest = 0.0f;
  for (const look::AxisTick& tick : ticks)
    widest = std::max(widest, ui::label_size(ui.theme, tick.text).x);
  return widest;
}

// Where the curve is drawn.
struct CurveFrame {
  ImVec2 min, max;
  look::PlotAxis axis;
  float y_of(double value) const {
    return max.y - static_cast<float>(axis.fraction(value)) * (max.y - min.y);
  }
};

void draw_axis(const ui::Ui& ui, const CurveFrame& frame, const std::vector<look::AxisTick>& ticks,
               ImDrawList* list) {
  const ui::Palette& color = ui.theme.color;
  for (const look::AxisTick& tick : ticks) {
    const float y = std::round(frame.y_of(tick.value));
    const bool zero = tick.value == 0.0;
    list->AddLine({frame.min.x, y}, {frame.max.x, y}, zero ? color.muted : color.line);
    const ImVec2 extent = ui::label_size(ui.theme, tick.text);
    ui::draw_label_text(
        ui.theme, list,
        {std::round(frame.min.x - ui.theme.px(kGap) - extent.x), std::round(y - extent.y * 0.5f)},
        color.muted, tick.text);
  }
}

void draw_values(const ui::Ui& ui, const CurveFrame& frame, const ui::HeatmapArgs& args,
                 const ui::HeatmapEvent& event, Index channel, ImU32 color, ImDrawList* list) {
  std::vector<ImVec2> run;
  const auto finish = [&] {
    if (run.size() > 1)
      ui::draw_line(list, ui::thinned(run),
                    {.color = color, .width = ui.theme.px(2.0f), .scale = ui.theme.scale});
    run.clear();
  };
  const bool dots = event.layout.cell >= static_cast<double>(ui.theme.px(kLeastDots));
  for (Index x = 0; x < args.tensor->shape().w; ++x) {
    const float value = value_at(args, channel, x);
    if (!std::isfinite(value) || !ui::is_shown(args, {0, x})) {
      finish();
      continue;
    }
    const ImVec2 at{event.screen(0.5, static_cast<double>(x) + 0.5).x,
                    frame.y_of(static_cast<double>(value))};
    run.push_back(at);
    if (dots) list->AddCircleFilled(at, ui.theme.px(3.0f), color);
  }
  finish();
}

// Takes the place off the upper part of `args.size` at ImGui's cursor, which goes to the heatmap's
// place below it, as far to the right as the labels need.
CurvePlace take_curve_place(const ui::Ui& ui, ui::HeatmapArgs& args) {
  if (args.tensor == nullptr || args.tensor->shape().h != 1 || args.tensor->shape().w < 2)
    return {};
  if (args.size.y < ui.theme.px(kLeast)) return {};
  const auto height = static_cast<float>(std::round(kShare * static_cast<double>(args.size.y)));
  const look::PlotAxis axis = axis_of(args);
  std::vector<look::AxisTick> ticks =
      ticks_of(ui, axis, height - 2.0f * std::round(ui.theme.px(kInset)));
  const float labels =
      std::round(std::max(ui.theme.px(kLabels), widest_of(ui, ticks) + 2.0f * ui.theme.px(kGap)));
  if (args.size.x < 3.0f * labels) return {};
  const ImVec2 at = ImGui::GetCursorScreenPos();
  args.size = {args.size.x - labels, args.size.y - height};
  ImGui::SetCursorScreenPos({at.x + labels, at.y + height});
  return {at, {at.x + labels + args.size.x, at.y + height}, axis, std::move(ticks)};
}

void draw_row_curve(const ui::Ui& ui, const CurvePlace& place, const ui::HeatmapArgs& args,
                    const ui::HeatmapEvent& event) {
  if (place.empty()) return;
  const ui::Palette& color = ui.theme.color;
  const float inset = std::round(ui.theme.px(kInset));
  const CurveFrame frame{
      {event.area_min.x, place.min.y + inset}, {event.area_max.x, place.max.y - inset}, place.axis};
  ImDrawList* list = ImGui::GetWindowDrawList();
  draw_axis(ui, frame, place.ticks, list);
  const float dot = ui.theme.px(3.0f);
  list->PushClipRect({frame.min.x - dot, place.min.y}, {frame.max.x + dot, place.max.y}, true);
  if (event.hovered) {
    const float x = std::round(event.screen(0.5, static_cast<double>(event.hovered->x) + 0.5).x);
    list->AddLine({x, frame.min.y}, {x, frame.max.y}, color.muted);
  }
  const std::array colours = {color.bad, color.good, color.accent};
  for (const Index channel : channels_of(args)) {
    const ImU32 line = args.style.rgb ? colours[static_cast<std::size_t>(channel)] : color.accent;
    draw_values(ui, frame, args, event, channel, line, list);
  }
  list->PopClipRect();
  const float labels_end = frame.min.x - ui.theme.px(kGap);
  ui.items.add(std::string(args.id) + "/curve", place.min, place.max);
  ui.items.add(std::string(args.id) + "/curve-labels",
               {labels_end - widest_of(ui, place.ticks), frame.min.y}, {labels_end, frame.max.y});
}

}  // namespace

ui::HeatmapEvent draw_with_curve(const PanelContext& context, const std::string& view,
                                 ui::HeatmapArgs args, ui::HeatmapViewState& state) {
  const CurvePlace curve = take_curve_place(context.ui, args);
  const ui::HeatmapEvent event = draw_heatmap(context, view, args, state);
  draw_row_curve(context.ui, curve, args, event);
  return event;
}

}  // namespace convscope::panels
