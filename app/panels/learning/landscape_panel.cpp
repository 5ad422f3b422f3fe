#include "app/panels/learning/landscape_panel.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/look/parameter_name.h"
#include "app/panels/learning/landscape_axes.h"
#include "app/panels/learning/landscape_names.h"
#include "app/panels/parts/card_controls.h"
#include "app/panels/parts/notice.h"
#include "app/program/view/names.h"
#include "app/ui/buttons.h"
#include "app/ui/fields.h"
#include "app/ui/heatmap_view.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/rows.h"

namespace convscope::panels {
namespace {

constexpr Index kCells = 96;  // cells on each axis of the picture
constexpr const char* kSteepest = "Steepest";

void update_choice(const PanelContext& context, const TrainingAnalysis& analysis,
                   LandscapePanelState& state) {
  if (state.choice.loss == analysis.loss && state.choice.shown == context.layer.shown) return;
  const QuadraticLoss& loss = *analysis.loss;
  state.choice.loss = analysis.loss;
  state.choice.shown = context.layer.shown;
  const WeightPlace shown = shown_place(context.layer.shown, {0, 0}, loss.weight_shape());
  const Index channel = std::min(context.layer.shown.output, loss.rows() - 1);
  state.choice.flat = parameter_order(loss, shown, channel);
}

// Chooses the requested plane through the exact solution, and updates everything that depends on
// it.
void choose_plane(const PanelContext& context, LandscapePanelState& state) {
  const TrainingAnalysis& analysis = *context.layer.training->analysis;
  update_choice(context, analysis, state);
  const std::vector<Index>& places = state.choice.flat;
  state.places = different_places(state.places, std::ssize(places));
  const Index y = places[static_cast<std::size_t>(state.places.y)];
  const Index x = places[static_cast<std::size_t>(state.places.x)];
  const LandscapeAxes axes{context.layer.training->analysis, state.principal, {y, x}};
  if (axes == state.surface.axes) return;
  state.surface.axes = axes;
  const std::vector<double>& optimum = analysis.spectrum.optimum;
  state.surface.plane = state.principal
                            ? principal_plane(*analysis.loss, analysis.spectrum, optimum)
                            : weight_plane(optimum, x, y);
  state.surface.quadratic = restricted(*analysis.loss, state.surface.plane);
  state.surface.x_name = state.principal ? "steepest" : look::parameter_name(*analysis.loss, x);
  state.surface.y_name = state.principal ? "second" : look::parameter_name(*analysis.loss, y);
  state.surface.bands = Tensor();
  state.paths = {};
}

// Returns all points that the picture should contain; fit_ranges leaves out those that are far
// away.
std::vector<PlanePoint> points_of(const LandscapePaths& paths) {
  std::vector<PlanePoint> points = paths.run.points();
  for (const LandscapePath& path : paths.beside)
    points.insert(points.end(), path.points().begin(), path.points().end());
  return points;
}

// Updates the picture of the loss if its ranges have changed. While the start is being dragged, the
// picture stays in place.
void update(const TrainingSnapshot& training, LandscapePanelState& state) {
  const std::vector<PlanePoint> points = points_of(state.paths);
  const PlanePoint optimum = state.surface.plane.project(training.analysis->spectrum.optimum);
  PlaneRanges ranges = state.surface.ranges;
  if (!state.dragging) ranges = fit_ranges(points.front(), optimum, points);
  const bool same = ranges.x == state.surface.ranges.x && ranges.y == state.surface.ranges.y;
  if (same && !state.surface.bands.empty()) return;
  state.surface.ranges = ranges;
  state.surface.bands = contour_bands(state.surface.quadratic, ranges, {kCells, kCells});
  state.surface.band_range = ui::finite_range(state.surface.bands.values());
  state.surface.revision = Revision::fresh();
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

// Draws both ends of the path: an orange dot where the run is now, as in the chart of the loss, and
// a ring where it started.
void draw_ends(ui::Ui& ui, ImVec2 start, ImVec2 now) {
  const ui::Theme& theme = ui.theme;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const auto add = [&](const char* name, ImVec2 at) {
    const float radius = theme.px(8.0f);
    ui.items.add(name, {at.x - radius, at.y - radius}, {at.x + radius, at.y + radius});
  };
  list->AddCircleFilled(start, theme.px(7.0f), IM_COL32(27, 31, 39, 255));
  list->AddCircleFilled(start, theme.px(5.0f), IM_COL32(255, 255, 255, 255));
  add("landscape/start", start);
  list->AddCircleFilled(now, theme.px(6.5f), IM_COL32(255, 255, 255, 255));
  list->AddCircleFilled(now, theme.px(5.0f), theme.color.linked);
  add("landscape/now", now);
}

void draw_line(const ui::Theme& theme, std::span<const ImVec2> line, ImU32 rim, ImU32 color) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  ui::stroke_lines(list, line, rim, theme.px(4.0f));
  ui::stroke_lines(list, line, color, theme.px(2.0f));
}

std::vector<ImVec2> on_screen(const Mapping& mapping, const LandscapePath& path) {
  std::vector<ImVec2> line;
  for (const PlanePoint& p : path.points())
    line.push_back(mapping.to_screen(p));
  return line;
}

// Draws the paths of the runs beside this one in the colours of their curves in the loss chart.
void draw_beside(ui::Ui& ui, const Mapping& mapping, const LandscapePaths& paths) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->PushClipRect(mapping.event.area_min, mapping.event.area_max, true);
  for (std::size_t i = 0; i < paths.beside.size(); ++i) {
    const std::vector<ImVec2> line = on_screen(mapping, paths.beside[i]);
    if (line.empty()) continue;
    const ImU32 color = compared_color(ui.theme.color, i);
    draw_line(ui.theme, line, IM_COL32(27, 31, 39, 255), color);
    list->AddCircleFilled(line.back(), ui.theme.px(5.0f), IM_COL32(27, 31, 39, 255));
    list->AddCircleFilled(line.back(), ui.theme.px(3.5f), color);
    ui.items.add("landscape/run/" + std::to_string(i), line.front(), line.back());
  }
  list->PopClipRect();
}

void draw_path(ui::Ui& ui, const Mapping& mapping, const LandscapePath& path, PlanePoint optimum) {
  const ui::Theme& theme = ui.theme;
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->PushClipRect(mapping.event.area_min, mapping.event.area_max, true);
  const std::vector<ImVec2> line = on_screen(mapping, path);
  draw_line(theme, line, IM_COL32(255, 255, 255, 200), IM_COL32(27, 31, 39, 255));
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
  draw_ends(ui, line.front(), line.back());
  list->PopClipRect();
}

// Draws the line along which the loss is constant: the flat valley of what cannot be learned.
void draw_valley(const PanelContext& context, const Mapping& mapping, PlanePoint optimum,
                 const LandscapePanelState& state) {
  const std::optional<PlanePoint> direction = state.surface.quadratic.flat_direction();
  if (!direction) return;
  ui::Ui& ui = context.ui;
  const double reach = state.surface.ranges.x.length() + state.surface.ranges.y.length();
  const auto at = [&](double t) {
    return mapping.to_screen({optimum.x + t * direction->x, optimum.y + t * direction->y});
  };
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->PushClipRect(mapping.event.area_min, mapping.event.area_max, true);
  const std::array line = {at(-reach), at(reach)};
  ui::stroke_lines(list, line, IM_COL32(255, 255, 255, 230), ui.theme.px(4.0f));
  ui::stroke_lines(list, line, ui.theme.color.bad, ui.theme.px(2.0f));
  list->PopClipRect();
  ui.items.add("landscape/valley", line[0], line[1]);
}

// Sets the start of the run to where the button is pressed, and moves it while the button is held.
void drag_start(const PanelContext& context, const ui::HeatmapEvent& event, const Mapping& mapping,
                LandscapePanelState& state) {
  if (!event.left_down) {
    if (!ImGui::IsMouseDown(ImGuiMouseButton_Left)) state.dragging = false;
    return;
  }
  const ImGuiIO& io = ImGui::GetIO();
  const bool moved = io.MouseDelta.x != 0.0f || io.MouseDelta.y != 0.0f;
  if (state.dragging && !moved) return;
  const auto in_cell = [](Index at) { return static_cast<double>(at) + 0.5; };
  const ImVec2 at = event.by_keys
                        ? event.screen(in_cell(event.left_down->y), in_cell(event.left_down->x))
                        : io.MousePos;
  const TrainingSnapshot& training = *context.layer.training;
  const QuadraticLoss& loss = *training.analysis->loss;
  const std::vector<double> start = loss.flattened(training.keyframes.front()->parameters);
  const Parameters there = loss.unflattened(state.surface.plane.moved(start, mapping.to_plane(at)));
  LearningScene learning = context.layer.scene.learning;
  learning.start = there.weight;
  learning.start_bias = there.bias;
  context.actions.edit(std::move(learning), state.dragging);
  state.dragging = true;
}

bool chooses_weights(const LandscapePanelState& state) {
  return !state.principal && std::ssize(state.choice.flat) > 2;
}

// Returns the width of the controls in one row.
float axes_width(const ui::Ui& ui, const LandscapePanelState& state) {
  const float width = ui::button_width(ui, kSteepest);
  if (!chooses_weights(state)) return width;
  const Yx last{std::ssize(state.choice.flat) - 1, std::ssize(state.choice.flat) - 1};
  return width + ImGui::GetStyle().ItemSpacing.x + ui::pair_width(ui, "weights", last);
}

// Returns where the names of the runs stand: beside the controls where these leave room, so that
// the picture has all of the height, else below the picture.
RunNames place_names(const PanelContext& context, std::span<const KeptRun> kept, float width,
                     const LandscapePanelState& state) {
  const ui::Ui& ui = context.ui;
  const std::vector<std::string> names = beside_names(*context.layer.training, kept, state.paths);
  const float left = axes_width(ui, state) + ui.theme.px(12.0f);
  RunNames beside = place_run_names(ui.theme, names, width - left);
  const bool whole = !beside.cut && beside.height <= ui::row_height(ui) + ui.theme.px(8.0f);
  beside.left = left;
  return whole ? beside : place_run_names(ui.theme, names, width);
}

void draw_axes(const PanelContext& context, LandscapePanelState& state) {
  ui::Ui& ui = context.ui;
  ui::flow(ui, ui::button_width(ui, kSteepest));
  ui::toggle_button(ui, "landscape/principal", kSteepest, state.principal,
                    {.tooltip = "Along the two steepest directions instead of two weights"});
  if (!chooses_weights(state)) return;
  const Yx last{std::ssize(state.choice.flat) - 1, std::ssize(state.choice.flat) - 1};
  ui::flow(ui, ui::pair_width(ui, "weights", last));
  ui::pair_field(ui, "landscape/places", "weights", state.places, {0, 0}, last,
                 "which weights are on the axes up and right, counted in reading order from 0: "
                 "those of the shown kernel, its learned bias, then all others");
}

}  // namespace

void draw_landscape(const PanelContext& context, LandscapePanelState& state,
                    std::span<const KeptRun> kept, ImVec2 size) {
  ui::Ui& ui = context.ui;
  const TrainingSnapshot* training = context.layer.training;
  if (training == nullptr || !training->analysis || training->keyframes.empty() ||
      training->analysis->spectrum.parameters < 2) {
    const bool later = training != nullptr && training->weight.numel() > 1;
    draw_notice(ui, "landscape/notice",
                later
                    ? "The landscape of so many weights is drawn when their eigenvalues are known."
                    : "A landscape needs two weights to be learned.",
                size, ui.theme.color.muted);
    return;
  }
  choose_plane(context, state);
  follow_runs(*training, context.layer.training_version, kept, state.surface.plane, state.paths);
  const PlanePoint optimum = state.surface.plane.project(training->analysis->spectrum.optimum);
  update(*training, state);
  ui::HeatmapArgs args;
  args.id = "landscape";
  args.tensor = &state.surface.bands;
  args.revision = state.surface.revision;
  args.style.map = ColorMap::kViridis;
  args.style.lo = state.surface.band_range.hi;  // bright where the loss is small
  args.style.hi = state.surface.band_range.lo;
  const RunNames runs = place_names(context, kept, size.x, state);
  const float below = runs.left > 0.0f ? 0.0f : runs.height;
  const ImVec2 room{size.x, height_above(ui, state.controls) - below};
  const AxisNames names =
      place_axis_names(ui.theme, state.surface.x_name, state.surface.y_name, room);
  args.size = {room.x - 2.0f * names.side, room.y - names.line};
  const ImVec2 cursor = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos({cursor.x + names.side, cursor.y});
  args.color_bar = false;
  args.numbers = false;
  args.paint = true;
  args.brush = {0, 0};
  const ui::HeatmapEvent event = ui::heatmap_view(ui, args, state.heatmap);
  const Mapping mapping{event, state.surface.ranges};
  draw_valley(context, mapping, optimum, state);
  draw_beside(ui, mapping, state.paths);
  draw_path(ui, mapping, state.paths.run, optimum);
  const auto end = static_cast<double>(kCells);
  draw_axis_names(ui, names, event, event.screen(0, 0), event.screen(end, end));
  if (runs.left <= 0.0f) draw_run_names(ui, runs, {cursor.x, cursor.y + room.y});
  draw_keyed_cell(ui, event);
  drag_start(context, event, mapping, state);
  begin_controls(ui, state.controls);
  draw_axes(context, state);
  if (runs.left > 0.0f) {
    const float middle = (ImGui::GetItemRectMin().y + ImGui::GetItemRectMax().y) * 0.5f;
    draw_run_names(ui, runs, {cursor.x + runs.left, middle - runs.height * 0.5f});
  }
  state.controls = end_controls(ui, state.controls);
}

}  // namespace convscope::panels
