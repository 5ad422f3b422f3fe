#include "app/panels/learning/directions_panel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "app/panels/learning/direction_note.h"
#include "app/panels/learning/learning_words.h"
#include "app/panels/learning/present_rate.h"
#include "app/panels/parts/card_controls.h"
#include "app/panels/parts/notice.h"
#include "app/ui/buttons.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/rows.h"
#include "app/ui/text.h"
#include "app/ui/text_fit.h"
#include "app/ui/tooltip.h"
#include "engine/core/number_text.h"

namespace convscope::panels {
namespace {

void update(const PanelContext& context, Index most, DirectionsState& state) {
  const TrainingSnapshot& training = *context.layer.training;
  const float rate = present_rate(context);
  const OptimizerOptions optimizer = present_optimizer(context);
  const Index row = std::min(context.layer.shown.output, training.analysis->loss->rows() - 1);
  if (state.version == context.layer.training_version && state.row == row && state.most == most &&
      state.rate == rate && state.optimizer == optimizer)
    return;
  state.version = context.layer.training_version;
  state.row = row;
  state.most = most;
  state.rate = rate;
  state.optimizer = optimizer;
  state.bars =
      direction_bars(training, row, static_cast<double>(rate), momentum_of(optimizer), most);
}

constexpr float kLabelGap = 6.0f;  // at scale 1, between a label of the axis and the chart

// Where the bars are: the axis of shares, and equal columns.
struct Chart {
  ImVec2 min, max;
  DirectionAxis axis;
  std::size_t count = 1;

  float y(double share) const { return at_place(axis.place(share)); }
  float base() const { return at_place(axis.base()); }
  float at_place(double place) const { return max.y - static_cast<float>(place) * (max.y - min.y); }
  float pitch() const { return (max.x - min.x) / static_cast<float>(count); }
  float left(std::size_t i) const { return min.x + pitch() * static_cast<float>(i); }
  std::optional<std::size_t> at(ImVec2 p) const {
    if (p.x < min.x || p.x >= max.x || p.y < min.y || p.y >= max.y) return std::nullopt;
    return std::min(count - 1, static_cast<std::size_t>((p.x - min.x) / pitch()));
  }
};

void draw_axis(const ui::Theme& theme, const Chart& chart) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float size = ui::font_size(theme.font.small);
  const auto line = [&](double share, const std::string& text) {
    const float y = std::round(chart.y(share));
    list->AddLine({chart.min.x, y}, {chart.max.x, y}, theme.color.line);
    const float width = ui::text_size(theme.font.small, size, text).x;
    ui::draw_text(
        list, theme.font.small, size,
        {std::round(chart.min.x - theme.px(kLabelGap) - width), std::round(y - size * 0.5f)},
        theme.color.muted, text);
  };
  if (chart.axis.log) {
    line(1.0, "1");
    line(1e-3, "10⁻³");
    line(1e-6, "10⁻⁶");
    return;
  }
  line(chart.axis.reach, number_text(chart.axis.reach, 2));
  line(0.0, "0");
  line(-chart.axis.reach, number_text(-chart.axis.reach, 2));
}

// Draws a bar with its envelope, two thin lines, and what is predicted, a mark.
void draw_bar(ui::Ui& ui, const Chart& chart, const DirectionBar& bar, std::size_t i,
              bool hovered) {
  const ui::Palette& c = ui.theme.color;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float pitch = chart.pitch();
  const float gap = pitch > ui.theme.px(6.0f) ? std::min(pitch * 0.2f, ui.theme.px(8.0f)) : 0.0f;
  const float left = chart.left(i) + gap;
  const float right = std::max(left + 1.0f, chart.left(i) + pitch - gap);
  if (hovered)
    list->AddRectFilled({chart.left(i), chart.min.y}, {chart.left(i) + pitch, chart.max.y}, c.line);
  const ImU32 color =
      bar.eigenvalue > 0.0 ? (chart.axis.log && bar.left < 0.0 ? c.linked : c.accent) : c.muted;
  const float y = chart.y(bar.left);
  list->AddRectFilled({left, std::min(y, chart.base())}, {right, std::max(y, chart.base())}, color);
  const float thick = std::max(1.0f, std::round(ui.theme.px(1.5f)));
  const auto mark = [&](double share, ImU32 ink) {
    const float at = std::round(chart.y(share));
    list->AddRectFilled({left, at - thick * 0.5f}, {right, at + thick * 0.5f}, ink);
  };
  if (bar.envelope && *bar.envelope <= chart.axis.reach) {
    mark(*bar.envelope, c.muted);
    if (!chart.axis.log) mark(-*bar.envelope, c.muted);
  }
  if (bar.predicted && std::abs(*bar.predicted) <= chart.axis.reach) mark(*bar.predicted, c.ink);
}

// Writes the steepest and the flattest eigenvalue below the bars.
void draw_names(const ui::Ui& ui, const Chart& chart, const DirectionsState& state) {
  const ui::Theme& theme = ui.theme;
  ImDrawList* list = ImGui::GetWindowDrawList();
  ImFont* font = theme.font.small;
  const float size = ui::font_size(font);
  const float y = std::round(chart.max.y + theme.px(3.0f));
  const auto name = [&](const DirectionBar& bar) { return "λ " + number_text(bar.eigenvalue, 3); };
  const std::string first = name(state.bars.front());
  const std::string last = name(state.bars.back());
  const auto draw = [&](std::size_t i, const std::string& text, float align) {
    const float width = ui::text_size(font, size, text).x;
    const float room = chart.pitch() - width;
    float x = chart.left(i) + room * 0.5f;
    if (room < 0.0f) x = align == 0.0f ? chart.min.x : chart.max.x - width;
    ui::draw_text(list, font, size, {std::round(x), y}, theme.color.muted, text);
  };
  draw(0, first, 0.0f);
  if (state.bars.size() > 1) draw(state.bars.size() - 1, last, 1.0f);
}

Chart chart_in(const ui::Theme& theme, ImVec2 at, ImVec2 room, const DirectionsState& state) {
  Chart chart;
  const DirectionAxis axis = direction_axis(state.bars, state.log);
  const float line = ui::font_size(theme.font.small);
  // The widest label is that of the lower end, which can be a power of ten.
  const float widest = ui::text_size(theme.font.small, line, number_text(-axis.reach, 2)).x;
  const float labels = std::max(theme.px(38.0f), std::ceil(widest + theme.px(kLabelGap)));
  chart.min = {at.x + labels, at.y + std::round(line * 0.5f)};
  chart.max = {at.x + room.x - theme.px(4.0f), at.y + room.y - line - theme.px(5.0f)};
  chart.max.y = std::max(chart.max.y, chart.min.y + 1.0f);
  chart.axis = axis;
  chart.count = std::max<std::size_t>(1, state.bars.size());
  return chart;
}

// Returns the bar under the pointer, or the one that the arrows have reached.
std::optional<std::size_t> pointed_bar(ui::Ui& ui, const Chart& chart, ImVec2 at, ImVec2 room) {
  ImGui::SetCursorScreenPos(at);
  ImGui::InvisibleButton("##directions", {std::max(1.0f, room.x), std::max(1.0f, room.y)});
  ui.items.add_last("directions/chart");
  const bool over = ImGui::IsItemHovered();
  const ui::FocusKeys keys = ui.focus.stop({.id = ImGui::GetID("##directions"),
                                            .min = chart.min,
                                            .max = chart.max,
                                            .kind = ui::StopKind::kCells,
                                            .hovered = over});
  if (keys.focused && ui.focus.leads()) {
    const auto last = static_cast<Index>(chart.count) - 1;
    const Index place = std::clamp<Index>(ui.focus.place().value_or(0) + keys.x, 0, last);
    ui.focus.place() = place;
    return static_cast<std::size_t>(place);
  }
  return over ? chart.at(ImGui::GetIO().MousePos) : std::nullopt;
}

void draw_controls(const PanelContext& context, DirectionsState& state) {
  ui::Ui& ui = context.ui;
  constexpr const char* kLog = "log";
  ui::flow(ui, ui::button_width(ui, kLog));
  ui::toggle_button(ui, "directions/log", kLog, state.log,
                    {.tooltip = "Equal factors of the error are equally far apart; orange bars are "
                                "on the other side of the answer"});
  ImGui::SameLine();
  const bool adam = momentum_of(state.optimizer) == std::nullopt;
  const bool grouped = !state.bars.empty() && state.bars.front().last > state.bars.front().first;
  const std::string text =
      adam      ? "errors; Adam has no prediction"
      : grouped ? "errors; a bar for " + std::to_string(state.bars.front().last + 1) + " each"
                : "errors along the eigenvectors";
  const float room = ImGui::GetContentRegionAvail().x;
  ui::label(ui, ui::elided(ui.theme.font.small, text, room));
  ui.items.add_last("directions/legend");
  ui::tooltip(ui, adam ? kAdamWords : kDirectionWords);
}

}  // namespace

void draw_directions(const PanelContext& context, DirectionsState& state, ImVec2 size) {
  ui::Ui& ui = context.ui;
  const TrainingSnapshot* training = context.layer.training;
  if (training == nullptr || !training->analysis || training->along.empty()) {
    draw_notice(ui, "directions/notice", "The bars are drawn when the eigenvalues are known.", size,
                ui.theme.color.muted);
    return;
  }
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 room{size.x, height_above(ui, state.controls)};
  const float least = ui.theme.px(4.0f);  // of a bar that can still be pointed at
  update(context, std::max<Index>(1, static_cast<Index>((room.x - ui.theme.px(42.0f)) / least)),
         state);
  const Chart chart = chart_in(ui.theme, at, room, state);
  const std::optional<std::size_t> pointed = pointed_bar(ui, chart, at, room);
  draw_axis(ui.theme, chart);
  for (std::size_t i = 0; i < state.bars.size(); ++i) {
    draw_bar(ui, chart, state.bars[i], i, pointed == i);
    ui.items.add("directions/bar/" + std::to_string(i), {chart.left(i), chart.min.y},
                 {chart.left(i) + chart.pitch(), chart.max.y});
  }
  draw_names(ui, chart, state);
  if (pointed) {
    const float x = chart.left(*pointed) + 0.5f * chart.pitch();
    draw_direction_note(context, state.bars[*pointed], state.row, {x, chart.min.y});
  }
  ImGui::SetCursorScreenPos(at);
  begin_controls(ui, state.controls);
  draw_controls(context, state);
  state.controls = end_controls(ui, state.controls);
}

}  // namespace convscope::panels
