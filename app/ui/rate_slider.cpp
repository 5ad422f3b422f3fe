#include "app/ui/rate_slider.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "app/look/number_format.h"
#include "app/look/plot_axis.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/number_input.h"
#include "app/ui/text_fit.h"
#include "app/ui/wheel.h"
#include "app/ui/within.h"
#include "engine/core/number_text.h"
#include "engine/learning/optimizer.h"

namespace convscope::ui {
namespace {

constexpr float kKnob = 9.0f;      // radius at scale 1
constexpr float kTrack = 7.0f;     // height
constexpr float kField = 96.0f;    // width of the text field
constexpr double kOffStep = 0.05;  // of a step that three digits of a rate may be off it

struct Track {
  ImVec2 min, max;    // including the knob's room
  float left, right;  // positions of lo and hi
  float middle;
  PlotAxis axis;

  float at(double rate) const {
    if (!axis.shows(rate)) return left;
    const float t = static_cast<float>(std::clamp(axis.fraction(rate), 0.0, 1.0));
    return left + t * (right - left);
  }
  double rate(float x) const {
    const double t = static_cast<double>((x - left) / std::max(1.0f, right - left));
    return axis.value(std::clamp(t, 0.0, 1.0));
  }
  bool has(double rate) const { return rate >= axis.lo && rate <= axis.hi; }
};

Track place_track(const Theme& theme, const RateSliderArgs& args, float height) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float wanted = args.width > 0.0f ? args.width : ImGui::GetContentRegionAvail().x;
  Track track;
  track.min = {std::round(at.x), std::round(at.y)};
  track.max = {track.min.x + std::max(theme.px(40.0f), std::floor(wanted)), track.min.y + height};
  track.left = track.min.x + theme.px(kKnob);
  track.right = track.max.x - theme.px(kKnob);
  track.middle = (track.min.y + track.max.y) * 0.5f;
  // A range whose ends as floats are 0, infinite or not ascending has no logarithmic axis, so the
  // default is used.
  const bool ranged = args.lo >= kMinRate && args.lo < args.hi && args.hi <= kMaxRate;
  const RateSliderArgs usual;
  track.axis = {ranged ? args.lo : usual.lo, ranged ? args.hi : usual.hi, true};
  return track;
}

// A press beside the knob moves it there; a press on it does not move it until it is dragged.
EditEvent drag_knob(Ui& ui, const Track& track, ImGuiID id, bool active, float& rate) {
  EditState& edit = ui.edit;
  const float mouse = ImGui::GetIO().MousePos.x;
  if (!active) {
    if (edit.drag.control == id) edit.drag.control = 0;
    return {};
  }
  if (edit.drag.control != id) {
    const float off = mouse - track.at(static_cast<double>(rate));
    edit.drag.control = id;
    edit.drag.value = std::abs(off) <= ui.theme.px(kKnob) ? static_cast<double>(off) : 0.0;
    edit.drag.changed = false;
    edit.drag.moved = std::abs(off) > ui.theme.px(kKnob);
  }
  if (ImGui::IsMouseDragging(ImGuiMouseButton_Left)) edit.drag.moved = true;
  if (!edit.drag.moved) return {};
  const float moved =
      static_cast<float>(rounded_rate(track.rate(mouse - static_cast<float>(edit.drag.value))));
  if (moved == rate) return {};
  rate = moved;
  const EditEvent event{true, edit.drag.changed};
  edit.drag.changed = true;
  return event;
}

EditEvent step_rate(const Track& track, int steps, float& rate) {
  if (steps == 0) return {};
  const double from =
      track.axis.shows(static_cast<double>(rate)) ? static_cast<double>(rate) : track.axis.lo;
  // Twenty steps are a decade, and lead to the same numbers up and down.
  double place = 20.0 * std::log10(from);
  if (std::abs(place - std::round(place)) < kOffStep) place = std::round(place);
  const double to = rounded_rate(std::pow(10.0, (place + steps) / 20.0));
  const float moved = static_cast<float>(std::clamp(to, track.axis.lo, track.axis.hi));
  if (moved == rate) return {};
  rate = moved;
  return {true, false};
}

EditEvent scroll(Ui& ui, const Track& track, ImGuiID id, float& rate) {
  EditEvent event = step_rate(track, wheel_steps_over(ui, id, true), rate);
  if (event) event.continues = wheel_continues(ui.edit);
  return event;
}

void draw_track(const Theme& theme, const Track& track, const RateZones& zones, ImDrawList* list) {
  const Palette& c = theme.color;
  const float half = std::round(theme.px(kTrack)) * 0.5f;
  const ImVec2 min{track.min.x, std::round(track.middle - half)};
  const ImVec2 max{track.max.x, std::round(track.middle + half)};
  if (!(zones.oscillates_to > 0.0)) {
    list->AddRectFilled(min, max, c.outline, half);
    return;
  }
  // Returns where a zone ends; the round ends of the track belong to the outermost zones.
  const auto end_of = [&](double rate) {
    if (rate <= track.axis.lo) return min.x;
    return rate >= track.axis.hi ? max.x : std::round(track.at(rate));
  };
  const float calm = end_of(zones.converges_to);
  const float cliff = std::max(calm, end_of(zones.oscillates_to));
  // Clips each zone out of the whole track, which keeps its shape.
  const auto zone = [&](float from, float to, ImU32 color) {
    if (to <= from) return;
    list->PushClipRect({from, min.y}, {to, max.y}, true);
    list->AddRectFilled(min, max, color, half);
    list->PopClipRect();
  };
  zone(min.x, calm, c.good);
  zone(calm, cliff, c.warn);
  zone(cliff, max.x, c.bad);
}

void draw_knob(Ui& ui, const Track& track, const char* id, float rate, bool lit, ImDrawList* list) {
  const Theme& theme = ui.theme;
  const float radius = theme.px(kKnob);
  const ImVec2 at{track.at(static_cast<double>(rate)), track.middle};
  list->AddCircleFilled(at, radius, lit ? theme.color.accent : theme.color.ink);
  list->AddCircleFilled(at, radius - theme.px(2.0f), theme.color.card);
  ui.items.add(std::string(id) + "/knob", {at.x - radius, at.y - radius},
               {at.x + radius, at.y + radius});
}

// Draws a stroke below the track, and its name in a row of its own, within the slider's width.
void draw_mark(Ui& ui, const Track& track, const char* id, const char* name, double rate,
               const std::string& number, ImU32 color, int row) {
  if (!track.has(rate)) return;
  const Theme& theme = ui.theme;
  ImFont* font = theme.font.small;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const std::string text =
      elided(font, std::string(name) + " " + number, track.max.x - track.min.x);
  const ImVec2 extent = text_size(font, font_size(font), text);
  const float x = std::round(track.at(rate));
  const float top = std::round(track.middle + theme.px(kTrack) * 0.5f);
  list->AddRectFilled({x - theme.px(1.0f), top}, {x + theme.px(1.0f), track.max.y}, color);
  const ImVec2 min{std::round(within(x - extent.x * 0.5f, track.min.x,
                                     std::max(track.min.x, track.max.x - extent.x))),
                   track.max.y + static_cast<float>(row) * std::round(extent.y)};
  draw_text(list, font, font_size(font), min, color, text);
  ui.items.add(std::string(id) + "/" + name, min, {min.x + extent.x, min.y + extent.y});
}

void draw_marks(Ui& ui, const RateSliderArgs& args, const Track& track) {
  const Palette& c = ui.theme.color;
  const bool best = args.zones.best > 0.0;
  const auto [best_text, cliff_text] = rate_texts(args.zones.best, args.zones.oscillates_to);
  if (best) draw_mark(ui, track, args.id, "best", args.zones.best, best_text, c.muted, 0);
  if (args.zones.oscillates_to > 0.0) {
    draw_mark(ui, track, args.id, "cliff", args.zones.oscillates_to, cliff_text, c.bad,
              best ? 1 : 0);
  }
}

float track_height(const Theme& theme) {
  return std::round(theme.px(2 * kKnob + 4.0f));
}

EditEvent type_rate(Ui& ui, const Track& track, ImGuiID id, float& rate) {
  const Theme& theme = ui.theme;
  const float width = std::min(theme.px(kField), track.max.x - track.min.x);
  const float half = std::round(theme.px(14.0f));
  const float x = std::round(
      within(track.at(static_cast<double>(rate)) - width * 0.5f, track.min.x, track.max.x - width));
  double value = static_cast<double>(rate);
  EditEvent event;
  const TypingEnd end =
      cell_editor(ui, {x, track.middle - half}, {x + width, track.middle + half}, theme.font.body,
                  value, {track.axis.lo, track.axis.hi, 1.0}, event);
  leave_typing(ui.focus, id, end);
  if (event.changed) rate = static_cast<float>(value);
  return event;
}

}  // namespace

std::string rate_text(double rate) {
  const double inverse = 1.0 / rate;
  const double whole = std::round(inverse);
  const bool fraction = whole >= 2.0 && whole < 1e6 && std::abs(inverse - whole) < 1e-6 * whole;
  return fraction ? "1/" + number_text(whole, 6) : number_text(rate, 3);
}

std::pair<std::string, std::string> rate_texts(double a, double b) {
  constexpr int kMaxDigits = 12;
  std::pair<std::string, std::string> texts{rate_text(a), rate_text(b)};
  if (a == b) return texts;
  for (int digits = 4; texts.first == texts.second && digits <= kMaxDigits; ++digits)
    texts = {number_text(a, digits), number_text(b, digits)};
  return texts;
}

double rounded_rate(double rate) {
  std::array<char, 64> text;
  const auto [end, error] =
      std::to_chars(text.data(), text.data() + text.size(), rate, std::chars_format::scientific, 2);
  double rounded = rate;
  if (error == std::errc()) std::from_chars(text.data(), end, rounded);
  return rounded;
}

float rate_slider_height(const Ui& ui, const RateZones& zones) {
  const float line = std::round(font_size(ui.theme.font.small));
  const int rows = (zones.best > 0.0 ? 1 : 0) + (zones.oscillates_to > 0.0 ? 1 : 0);
  return track_height(ui.theme) + static_cast<float>(rows) * line;
}

EditEvent rate_slider(Ui& ui, const RateSliderArgs& args, float& rate) {
  const Track track = place_track(ui.theme, args, track_height(ui.theme));
  const ImVec2 start = ImGui::GetCursorScreenPos();
  ui.items.add(args.id, track.min, track.max);
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImGuiID id = ImGui::GetID(args.id);
  draw_track(ui.theme, track, args.zones, list);
  draw_marks(ui, args, track);
  EditEvent event;
  FocusStop stop{.id = id, .min = track.min, .max = track.max, .kind = StopKind::kNumber};
  if (ui.edit.typing == id) {
    ui.focus.stop(stop);
    event = type_rate(ui, track, id, rate);
  } else {
    ImGui::SetCursorScreenPos(track.min);
    ImGui::InvisibleButton(args.id, {track.max.x - track.min.x, track.max.y - track.min.y});
    const bool hovered = ImGui::IsItemHovered();
    const bool active = ImGui::IsItemActive();
    stop.hovered = hovered;
    const FocusKeys keys = ui.focus.stop(stop);
    const bool pressed = hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Left);
    if (pressed) ui.edit.selected = id;
    if (keys.pressed ||
        (pressed && (ctrl_down() || ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)))) {
      begin_typing(ui.edit, id, exact_text(rate));
    } else if (!keys.focused || !begin_typing_digits(ui.edit, id)) {
      event = drag_knob(ui, track, id, active, rate);
      if (hovered && !active && takes_wheel(ui.edit, id)) event = scroll(ui, track, id, rate);
      if (keys.x != keys.y) {
        event = step_rate(track, keys.x - keys.y, rate);
        event.continues = keys.repeats;
      }
    }
    const bool lit = hovered || active || ui.edit.selected == id;
    draw_knob(ui, track, args.id, rate, lit, list);
  }
  ImGui::SetCursorScreenPos(start);
  ImGui::Dummy({track.max.x - track.min.x, rate_slider_height(ui, args.zones)});
  return event;
}

}  // namespace convscope::ui
