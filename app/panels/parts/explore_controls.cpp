#include "app/panels/parts/explore_controls.h"

#include <algorithm>
#include <array>

#include "app/look/number_format.h"
#include "app/panels/parts/editor_box.h"
#include "app/panels/parts/shown_sample.h"
#include "app/program/view/names.h"
#include "app/ui/buttons.h"
#include "app/ui/heatmap_view.h"
#include "app/ui/list_button.h"
#include "app/ui/number_input.h"
#include "app/ui/popup.h"
#include "app/ui/rows.h"
#include "app/ui/slider.h"
#include "app/ui/text.h"
#include "app/ui/tooltip.h"

namespace convscope::panels {
namespace {

// Lengths at scale 1.
constexpr float kShortSlider = 90.0f;
constexpr float kLongSlider = 66.0f;
constexpr float kSettings = 320.0f;  // width of the settings when shown apart

constexpr std::array kSpeeds = {"0.5/s", "1/s",   "2/s",   "4/s",    "8/s",    "16/s",
                                "32/s",  "100/s", "300/s", "1000/s", "3000/s", "row/frame"};
static_assert(kSpeeds.size() == kRowAFrame + 1);

std::string item(SweptPlane plane, const char* name) {
  return std::string(plane == SweptPlane::kOutput ? "output/" : "pool/") + name;
}

// Draws the slider of the sweep's position over the rest of the row. It leaves `after` pixels free
// for the next controls if it is still long enough then.
void draw_position(const PanelContext& context, const Shape& shape, float after) {
  ui::Ui& ui = context.ui;
  SweepState& sweep = context.layer.explore.sweep;
  const float gap = ImGui::GetStyle().ItemSpacing.x;
  const float right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
  float room = right - ImGui::GetItemRectMax().x - gap;
  if (room >= ui.theme.px(kShortSlider)) {
    ImGui::SameLine();
  } else {
    room = ImGui::GetContentRegionAvail().x;
  }
  if (room - after >= ui.theme.px(kLongSlider)) room -= after;
  Index cell = sweep.cell;
  if (ui::slider(ui, item(sweep.plane, "sweep/position").c_str(), cell, shape.h * shape.w, room)) {
    scrub(sweep, cell, shape);
  }
  const char* symbol = sweep.plane == SweptPlane::kOutput ? "Y" : "P";
  ui::tooltip(ui, cell_name(symbol, swept_cell(sweep, shape)) + ": cell " +
                      std::to_string(sweep.cell + 1) + " of " + std::to_string(shape.h * shape.w));
}

void draw_transport(const PanelContext& context, const Shape& shape) {
  ui::Ui& ui = context.ui;
  SweepState& sweep = context.layer.explore.sweep;
  // The three buttons stay together in one row.
  const float gap = ImGui::GetStyle().ItemSpacing.x;
  ui::flow(ui, 3 * ui::row_height(ui) + 2 * gap);
  const auto icon_button = [&](const char* name, ui::Icon icon, const char* tip) {
    if (name != std::string_view("sweep/play")) ImGui::SameLine();
    return ui::button(ui, item(sweep.plane, name).c_str(), "", {.icon = icon, .tooltip = tip});
  };
  if (icon_button("sweep/play", sweep.playing ? ui::Icon::kPause : ui::Icon::kPlay,
                  sweep.playing ? "Pause (W)" : "Play (W)")) {
    toggle_playing(sweep, shape);
  }
  if (icon_button("sweep/back", ui::Icon::kStepBack, "One cell back (←)")) step(sweep, -1, shape);
  if (icon_button("sweep/forward", ui::Icon::kStep, "One cell further (→)")) step(sweep, 1, shape);
}

void draw_track(const PanelContext& context, const Shape& shape) {
  ui::Ui& ui = context.ui;
  SweepState& sweep = context.layer.explore.sweep;
  const float gap = ImGui::GetStyle().ItemSpacing.x;
  const float speed = ui::combo_width(ui, kSpeeds);
  const float ghost = ui::button_width(ui, "Ghost");
  draw_position(context, shape, speed + ghost + 2 * gap);
  ui::flow(ui, speed);
  ui::combo(ui, item(sweep.plane, "sweep/speed").c_str(), kSpeeds, sweep.speed);
  ui::tooltip(ui, "Cells a second, or a whole row in each frame");
  if (context.view.settings.backward) return;
  ui::flow(ui, ghost);
  ui::toggle_button(ui, item(sweep.plane, "sweep/ghost").c_str(), "Ghost", sweep.ghost,
                    {.tooltip = "Show pale what the cells that are not reached will be"});
}

bool sweeps_plane(const Explore& explore, SweptPlane plane) {
  return explore.sweep.on && explore.sweep.plane == plane;
}

const char* sweep_tip(const PanelContext& context, SweptPlane plane) {
  const bool output = plane == SweptPlane::kOutput;
  if (context.view.settings.backward)
    return output ? "Watch each cell of Y lay its gradient, times the kernel, onto ∂L/∂X (W)"
                  : "Watch each cell of P hand its gradient to Y";
  return output ? "Watch the window make the output cell by cell (W)"
                : "Watch the window make the pooled plane cell by cell";
}

void draw_switch(const PanelContext& context, SweptPlane plane) {
  ui::Ui& ui = context.ui;
  ui::flow(ui, ui::button_width(ui, "Sweep"));
  bool sweeping = sweeps_plane(context.layer.explore, plane);
  if (ui::toggle_button(ui, item(plane, "sweep").c_str(), "Sweep", sweeping,
                        {.tooltip = sweep_tip(context, plane)})) {
    toggle_sweep(context.layer.explore, plane);
  }
}

// Draws the button for the settings that have no room beside the sweep or the guesses.
void draw_settings(const PanelContext& context, SweptPlane plane,
                   const std::function<void()>& settings) {
  ui::Ui& ui = context.ui;
  const std::string name = item(plane, "settings");
  ui::flow(ui, ui::button_width(ui, "Settings…"));
  if (ui::button(ui, name.c_str(), "Settings…",
                 {.tooltip = plane == SweptPlane::kOutput
                                 ? "Padding, stride and more"
                                 : "Kind, size, stride and padding of the window"})) {
    ImGui::OpenPopup(name.c_str());
  }
  if (!ui::begin_popup(ui, name.c_str())) return;
  ImGui::Dummy({ui.theme.px(kSettings), 1.0f});
  settings();
  ImGui::EndPopup();
}

void draw_predict_switch(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  bool predicting = context.layer.explore.predict.on;
  ui::flow(ui, ui::button_width(ui, "Predict"));
  if (ui::toggle_button(ui, "output/predict", "Predict", predicting,
                        {.tooltip = "Hide the output and guess its cells"})) {
    toggle_predict(context.layer.explore, context.layer.results());
  }
}

void draw_predict(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  PredictState& predict = context.layer.explore.predict;
  const std::string score = score_text(predict);
  ui::flow(ui, ui::label_width(ui, score));
  ui::text(ui, score, ui.theme.font.body_bold, ui.theme.color.ink);
  ui.items.add_last("output/predict/score");
  ui::flow(ui, ui::button_width(ui, "Reveal all"));
  if (ui::button(ui, "output/predict/reveal", "Reveal all",
                 {.enabled = !predict.all_shown,
                  .tooltip = "Shows all cells of the output; your score stays"})) {
    predict.all_shown = true;
    predict.asked.reset();
  }
  ui::flow(ui, ui::button_width(ui, "Again"));
  if (ui::button(ui, "output/predict/again", "Again",
                 {.tooltip = "Hide all cells and start a new score"})) {
    begin(predict, context.layer.results()->output->shape());
  }
}

// Asks for the next hidden cell that is in view, row by row, after Tab.
void ask_next(const PanelContext& context, const ui::HeatmapEvent& event, Yx from,
              Index direction) {
  Explore& explore = context.layer.explore;
  const Shape& s = explore.predict.shown.shape();
  const Index count = s.h * s.w;
  for (Index i = 1; i < count; ++i) {
    const Index place = (from.y * s.w + from.x + direction * i + i * count) % count;
    const Yx cell{place / s.w, place % s.w};
    const ImVec2 middle =
        event.screen(static_cast<double>(cell.y) + 0.5, static_cast<double>(cell.x) + 0.5);
    const bool seen = middle.x > event.area_min.x && middle.x < event.area_max.x &&
                      middle.y > event.area_min.y && middle.y < event.area_max.y;
    if (!seen || !explore.predict.hides(cell)) continue;
    pick(explore, {SweptPlane::kOutput, cell}, context.layer.results());
    explore.predict.asked = cell;
    ui::begin_typing(context.ui.edit, ImGui::GetID("output/guess"), "");
    return;
  }
}

// Draws the field for a guess over the cell that was clicked.
void draw_guess(const PanelContext& context, const ui::HeatmapEvent& event) {
  ui::Ui& ui = context.ui;
  PredictState& predict = context.layer.explore.predict;
  if (!predict.asked) return;
  if (ui.edit.typing != ImGui::GetID("output/guess")) {
    predict.asked.reset();
    return;
  }
  const Yx cell = *predict.asked;
  const CellBox box = editor_box(ui, event, cell);
  ui.items.add("output/guess", box.min, box.max);
  double unused = 0.0;
  ui::EditEvent changed;
  const ui::TypingEnd end =
      ui::cell_editor(ui, box.min, box.max, ui.theme.font.body, unused, {}, changed);
  if (end == ui::TypingEnd::kNone) return;
  predict.asked.reset();
  const std::optional<double> guess = ui::parse_number(ui.edit.text.data());
  const bool given = end != ui::TypingEnd::kCancelled && end != ui::TypingEnd::kCommitted;
  const Tensor& output = *context.layer.results()->output;
  if (given && guess) {
    answer(
        predict, cell, *guess,
        output.at(shown_sample(context, output), shown_channel(context, output), cell.y, cell.x));
  }
  if (end == ui::TypingEnd::kNext || end == ui::TypingEnd::kPrevious)
    ask_next(context, event, cell, end == ui::TypingEnd::kNext ? 1 : -1);
}

}  // namespace

void draw_output_exploring(const PanelContext& context, const std::function<void()>& settings) {
  const Explore& explore = context.layer.explore;
  const Shape* shape = plane_shape(context.layer.results(), SweptPlane::kOutput);
  const bool sweeps = shape != nullptr && sweeps_plane(explore, SweptPlane::kOutput);
  const bool predicts = shape != nullptr && explore.predict.on;
  if (!sweeps && !predicts) settings();
  draw_switch(context, SweptPlane::kOutput);
  draw_predict_switch(context);
  if (sweeps || predicts) draw_settings(context, SweptPlane::kOutput, settings);
  if (sweeps) draw_transport(context, *shape);
  if (sweeps) draw_track(context, *shape);
  if (predicts) draw_predict(context);
}

void draw_pooled_exploring(const PanelContext& context, const std::function<void()>& settings) {
  const Shape* shape = plane_shape(context.layer.results(), SweptPlane::kPooled);
  const bool sweeps = shape != nullptr && sweeps_plane(context.layer.explore, SweptPlane::kPooled);
  if (!sweeps) settings();
  draw_switch(context, SweptPlane::kPooled);
  if (!sweeps) return;
  draw_settings(context, SweptPlane::kPooled, settings);
  draw_transport(context, *shape);
  draw_track(context, *shape);
}

void draw_backward_sweep(const PanelContext& context, SweptPlane plane,
                         const std::function<void()>& settings) {
  const Shape* shape = plane_shape(context.layer.results(), plane);
  if (shape != nullptr) draw_switch(context, plane);
  draw_settings(context, plane, settings);
  if (shape == nullptr || !sweeps_plane(context.layer.explore, plane)) return;
  draw_transport(context, *shape);
  draw_track(context, *shape);
}

void show_explored(const PanelContext& context, SweptPlane plane, ui::HeatmapArgs& args) {
  const Explore& explore = context.layer.explore;
  if (explore.selected && explore.selected->plane == plane) args.selected = explore.selected->cell;
  if (const std::optional<Index> count = shown_count(explore, plane, *context.layer.results())) {
    args.reveal.count = *count;
    if (explore.sweep.on && explore.sweep.ghost) args.reveal.ghost = args.plane();
  }
  if (explore.predict.asked) args.symbol = nullptr;  // no tooltip over the field for the guess
  if (explore.predict.on && !explore.predict.all_shown && plane == SweptPlane::kOutput) {
    args.reveal.mask = {&explore.predict.shown, explore.predict.revision};
  }
}

void explore_cells(const PanelContext& context, SweptPlane plane, const ui::HeatmapEvent& event) {
  Explore& explore = context.layer.explore;
  if (plane == SweptPlane::kOutput) draw_guess(context, event);
  if (!event.clicked) return;
  pick(explore, {plane, *event.clicked}, context.layer.results());
  if (plane != SweptPlane::kOutput || !explore.predict.hides(*event.clicked)) return;
  explore.predict.asked = event.clicked;
  ui::begin_typing(context.ui.edit, ImGui::GetID("output/guess"), "");
}

}  // namespace convscope::panels
