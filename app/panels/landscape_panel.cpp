#include "app/panels/landscape_panel.h"

#include <algorithm>
#include <cmath>

#include "app/ui/imgui_shim.h"
#include "app/ui/widgets.h"

namespace convscope {
namespace {

constexpr Index kCells = 96;  // on each axis of the picture
constexpr float kBandsPerDecade = 3.0f;

// The plane that is asked for, through the exact answer.
LandscapePlane chosen_plane(const TrainingAnalysis& analysis, Index weights,
                            LandscapePanelState& state) {
  const std::vector<double>& optimum = analysis.spectrum.optimum;
  if (state.principal) return principal_plane(*analysis.loss, analysis.spectrum, optimum);
  const Index last = weights - 1;
  const Index y = std::clamp<Index>(state.places.y, 0, last);
  Index x = std::clamp<Index>(state.places.x, 0, last);
  if (x == y) x = y == last ? y - 1 : y + 1;  // two different ones
  state.places = {y, x};
  return weight_plane(optimum, x, y);
}

std::vector<PlanePoint> way(const TrainingSnapshot& training, const LandscapePlane& plane) {
  std::vector<PlanePoint> points;
  for (const KeyframePtr& frame : training.keyframes) {
    if (frame->step > training.step) break;
    points.push_back(plane.project(training.analysis->loss->flattened(frame->parameters)));
  }
  const Parameters now{training.weight, training.bias};
  points.push_back(plane.project(training.analysis->loss->flattened(now)));
  return points;
}

// Equal steps of the loss's logarithm, so that their edges are contours.
Tensor contour_bands(const PlaneQuadratic& quadratic, const PlaneRanges& ranges) {
  Tensor loss = landscape(quadratic, ranges, {kCells, kCells});
  float largest = 0.0f;
  for (const float v : loss.values())
    largest = std::max(largest, v);
  const float floor = std::max(largest * 1e-6f, 1e-30f);
  for (float& v : loss.values())
    v = std::floor(std::log10(std::max(v, floor)) * kBandsPerDecade) / kBandsPerDecade;
  return loss;
}

// Redraws what changed; while the start is dragged the picture stays where it is.
void update(const TrainingSnapshot& training, LandscapePanelState& state,
            std::span<const PlanePoint> points) {
  const PlanePoint optimum = state.plane.project(training.analysis->spectrum.optimum);
  PlaneRanges ranges = state.ranges;
  if (!state.dragging) ranges = fit_ranges(points.front(), optimum, points);
  const bool same = state.analysis == training.analysis.get() && ranges.x == state.ranges.x &&
                    ranges.y == state.ranges.y;
  if (same && !state.bands.empty()) return;
  state.ranges = ranges;
  state.analysis = training.analysis.get();
  state.bands = contour_bands(restricted(*training.analysis->loss, state.plane), ranges);
  ++state.version;
}

struct Mapping {
  const ui::HeatmapEvent& event;
  const PlaneRanges& ranges;
  ImVec2 to_screen(PlanePoint p) const {
    const double n = static_cast<double>(kCells);
    return event.screen((ranges.y.hi - p.y) / ranges.y.length() * n,
                        (p.x - ranges.x.lo) / ranges.x.length() * n);
  }
  PlanePoint to_plane(ImVec2 screen) const {
    const ImVec2 a = event.screen(0, 0);
    const ImVec2 b = event.screen(static_cast<double>(kCells), static_cast<double>(kCells));
    const double tx = static_cast<double>((screen.x - a.x) / (b.x - a.x));
    const double ty = static_cast<double>((screen.y - a.y) / (b.y - a.y));
    return {ranges.x.lo + tx * ranges.x.length(), ranges.y.hi - ty * ranges.y.length()};
  }
};

void draw_way(const ui::Theme& theme, const Mapping& mapping, std::span<const PlanePoint> points,
              PlanePoint optimum) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->PushClipRect(mapping.event.area_min, mapping.event.area_max, true);
  std::vector<ImVec2> line;
  for (const PlanePoint& p : points)
    line.push_back(mapping.to_screen(p));
  ui::stroke_lines(list, line, IM_COL32(255, 255, 255, 200), theme.px(4.0f));
  ui::stroke_lines(list, line, IM_COL32(27, 31, 39, 255), theme.px(2.0f));
  if (line.size() <= 60) {
    for (const ImVec2& p : line)
      list->AddCircleFilled(p, theme.px(3.0f), IM_COL32(27, 31, 39, 255));
  }
  const ImVec2 best = mapping.to_screen(optimum);
  const float arm = theme.px(7.0f);
  for (const float thickness : {5.0f, 2.5f}) {
    const ImU32 color = thickness > 3.0f ? IM_COL32(255, 255, 255, 230) : theme.color.bad;
    list->AddLine({best.x - arm, best.y}, {best.x + arm, best.y}, color, theme.px(thickness));
    list->AddLine({best.x, best.y - arm}, {best.x, best.y + arm}, color, theme.px(thickness));
  }
  list->AddCircleFilled(line.front(), theme.px(7.0f), IM_COL32(255, 255, 255, 255));
  list->AddCircleFilled(line.front(), theme.px(5.5f), theme.color.linked);
  list->AddCircleFilled(line.back(), theme.px(5.0f), IM_COL32(255, 255, 255, 255));
  list->AddCircleFilled(line.back(), theme.px(3.5f), theme.color.accent);
  list->PopClipRect();
}

// What the axes are, in the corners of the picture.
void draw_axis_names(const ui::Theme& theme, const ui::HeatmapEvent& event,
                     const LandscapePanelState& state, const Shape& weight) {
  const auto name = [&](Index place) {
    if (place >= weight.h * weight.w) return std::string("bias");
    return "W[" + std::to_string(place / weight.w) + ", " + std::to_string(place % weight.w) + "]";
  };
  const std::string y = state.principal ? "↑ second" : "↑ " + name(state.places.y);
  const std::string x = state.principal ? "steepest →" : name(state.places.x) + " →";
  ImFont* font = theme.font.small;
  const float size = ui::font_size(font);
  const ImVec2 min = event.screen(0, 0);
  const ImVec2 max = event.screen(static_cast<double>(kCells), static_cast<double>(kCells));
  const float pad = theme.px(4.0f);
  const ImVec2 extent = ui::text_size(font, size, x);
  const auto write = [&](ImVec2 at, const std::string& text) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    ui::draw_text(list, font, size, {at.x + 1, at.y + 1}, IM_COL32(0, 0, 0, 200), text);
    ui::draw_text(list, font, size, at, IM_COL32(255, 255, 255, 255), text);
  };
  write({min.x + pad, min.y + pad}, y);
  write({max.x - extent.x - pad, max.y - extent.y - pad}, x);
}

// A press sets the start, and dragging moves it: the run begins there.
void drag_start(const PanelContext& context, const ui::HeatmapEvent& event, const Mapping& mapping,
                LandscapePanelState& state) {
  if (!event.left_down) {
    if (!ImGui::IsMouseDown(ImGuiMouseButton_Left)) state.dragging = false;
    return;
  }
  const ImGuiIO& io = ImGui::GetIO();
  const bool moved = io.MouseDelta.x != 0.0f || io.MouseDelta.y != 0.0f;
  if (state.dragging && !moved) return;
  const TrainingSnapshot& training = *context.training;
  const QuadraticLoss& loss = *training.analysis->loss;
  const std::vector<double> start = loss.flattened(training.keyframes.front()->parameters);
  const Parameters there =
      loss.unflattened(state.plane.moved(start, mapping.to_plane(io.MousePos)));
  LearningScene learning = context.scene.learning;
  learning.start = there.weight;
  learning.start_bias = there.bias;
  context.actions.edit(std::move(learning), state.dragging);
  state.dragging = true;
}

void draw_axes(const PanelContext& context, LandscapePanelState& state, Index parameters) {
  ui::Ui& ui = context.ui;
  ui::flow(ui, ui::button_width(ui, "Steepest"));
  if (ui::toggle_button(ui, "landscape/principal", "Steepest", state.principal,
                        {.tooltip = "Along the two steepest directions instead of two weights"})) {
    state.bands = Tensor();
  }
  if (state.principal || parameters <= 2) return;
  ui::flow(ui, ui::pair_width(ui, "", state.places));
  if (ui::pair_field(ui, "landscape/places", "", state.places, {0, 0},
                     {parameters - 1, parameters - 1},
                     "places of the two weights in reading order")) {
    state.bands = Tensor();
  }
}

}  // namespace

void draw_landscape(const PanelContext& context, LandscapePanelState& state, ImVec2 size) {
  ui::Ui& ui = context.ui;
  const TrainingSnapshot* training = context.training;
  if (training == nullptr || !training->analysis || training->keyframes.empty() ||
      training->weight.numel() < 2) {
    const bool later = training != nullptr && training->weight.numel() > 1;
    draw_notice(ui, "landscape/notice",
                later ? "The landscape of so many weights is drawn when the run pauses."
                      : "A landscape needs two weights to be learned.",
                size, ui.theme.color.muted);
    return;
  }
  const Index weights = training->weight.numel();
  state.plane = chosen_plane(*training->analysis, weights, state);
  const std::vector<PlanePoint> points = way(*training, state.plane);
  update(*training, state, points);
  ui::HeatmapArgs args;
  args.id = "landscape";
  args.tensor = &state.bands;
  args.version = state.version;
  const ui::ValueRange range = ui::finite_range(state.bands.values());
  args.style.map = ColorMap::kViridis;
  args.style.lo = range.hi;  // bright where the loss is small
  args.style.hi = range.lo;
  args.size = {size.x, height_above(ui, state.controls)};
  args.color_bar = false;
  args.numbers = false;
  args.paint = true;
  args.brush = {0, 0};
  const ui::HeatmapEvent event = ui::heatmap_view(ui, args, state.heatmap);
  const Mapping mapping{event, state.ranges};
  draw_way(ui.theme, mapping, points, state.plane.project(training->analysis->spectrum.optimum));
  draw_axis_names(ui.theme, event, state, training->weight.shape());
  drag_start(context, event, mapping, state);
  begin_controls(ui, state.controls);
  draw_axes(context, state, weights);
  state.controls = end_controls(ui, state.controls);
}

}  // namespace convscope
