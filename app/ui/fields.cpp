#include "app/ui/fields.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/look/number_format.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/parse_number.h"
#include "app/ui/rows.h"
#include "app/ui/text.h"
#include "app/ui/tooltip.h"
#include "engine/core/number_text.h"

namespace convscope::ui {
namespace {

constexpr float kBox = 66.0f;       // width of a number's box at scale 1
constexpr float kPairPart = 26.0f;  // least width of one number of a pair
constexpr float kRounding = 7.0f;

// The rim is thicker while the wheel changes the number.
void draw_box(const Theme& theme, ImVec2 min, ImVec2 max, bool hovered, bool selected) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float rim = selected ? std::max(2.0f, std::round(theme.px(2.0f))) : 1.0f;
  list->AddRectFilled(min, max, hovered || selected ? theme.color.accent : theme.color.outline,
                      theme.px(kRounding));
  list->AddRectFilled({min.x + rim, min.y + rim}, {max.x - rim, max.y - rim}, theme.color.card,
                      std::max(0.0f, theme.px(kRounding) - rim));
}

void draw_centred(const Theme& theme, ImVec2 min, ImVec2 max, std::string_view text,
                  float scale = 1.0f) {
  ImFont* font = theme.font.body;
  const float size = font_size(font) * scale;
  const ImVec2 extent = text_size(font, size, text);
  draw_text(ImGui::GetWindowDrawList(), font, size,
            {std::round((min.x + max.x - extent.x) * 0.5f),
             std::round((min.y + max.y - extent.y) * 0.5f)},
            theme.color.ink, text);
}

// Draws the number with as many digits as fit into `width`, smaller if not even two of them do, so
// that a box is never empty.
void draw_number(const Theme& theme, ImVec2 min, ImVec2 max, double value, int digits) {
  constexpr float kSmaller = 0.8f;
  const float width = max.x - min.x - theme.px(8.0f);
  const TextWidth measure = [&](std::string_view text) {
    return text_size(theme.font.body, font_size(theme.font.body), text).x;
  };
  const std::string least = number_text(value, std::min(digits, 2));
  if (measure(least) <= width) {
    draw_centred(theme, min, max, fit_number(value, width, measure, digits));
    return;
  }
  std::string text = fit_number(value, width / kSmaller, measure, digits);
  if (text.empty()) text = number_text(value, 1);
  draw_centred(theme, min, max, text, std::min(kSmaller, width / std::max(measure(text), 1.0f)));
}

FocusStop number_stop(ImGuiID id, ImVec2 min, ImVec2 max, bool hovered) {
  return {.id = id, .min = min, .max = max, .kind = StopKind::kNumber, .hovered = hovered};
}

struct NumberPart {
  EditEvent event;
  bool hovered = false;
  bool typing = false;
  bool selected = false;
  TypingEnd end = TypingEnd::kNone;
};

// Handles mouse and keyboard of one number in the rectangle. Draws it only while it is being typed.
NumberPart number_part(Ui& ui, const std::string& name, ImVec2 min, ImVec2 max, double& value,
                       const NumberLimits& limits) {
  NumberPart part;
  ui.items.add(name, min, max);
  const ImGuiID id = ImGui::GetID(name.c_str());
  if (ui.edit.typing == id) {
    ui.focus.stop(number_stop(id, min, max, false));
    part.typing = true;
    part.end = cell_editor(ui, min, max, ui.theme.font.body, value, limits, part.event);
    leave_typing(ui.focus, id, part.end);
    return part;
  }
  ImGui::SetCursorScreenPos(min);
  ImGui::InvisibleButton(name.c_str(), {max.x - min.x, max.y - min.y});
  part.hovered = ImGui::IsItemHovered();
  const bool active = ImGui::IsItemActive();
  const FocusKeys keys = ui.focus.stop(number_stop(id, min, max, part.hovered));
  if (part.hovered || active) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  if (keys.pressed ||
      (part.hovered && (ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left) ||
                        (ImGui::IsMouseClicked(ImGuiMouseButton_Left) && ctrl_down())))) {
    begin_typing(ui.edit, id, exact_text(static_cast<float>(value)));
    return part;
  }
  if (keys.focused && begin_typing_digits(ui.edit, id)) return part;
  part.event = drag_number(ui, id, part.hovered, active, value, limits);
  if (const int steps = keys.x - keys.y; steps != 0)
    part.event = step_number(steps, value, limits, keys.repeats);
  part.selected = ui.edit.selected == id;
  return part;
}

void show_limits(Ui& ui, const char* tip, const NumberLimits& limits, ImVec2 min, ImVec2 max) {
  if (!tooltip_due(ui, min, max)) return;
  std::string text = tip != nullptr ? std::string(tip) + "\n" : "";
  const bool any = limits.lo <= -kMaxNumber && limits.hi >= kMaxNumber;
  text +=
      (any ? "" : limits_text(limits) + ": ") + "drag, click and scroll, or double-click to type";
  draw_tooltip(ui, text);
}

EditEvent number_field(Ui& ui, const char* name, std::string_view label_text, double& value,
                       const FieldOptions& options) {
  const Theme& theme = ui.theme;
  ImGui::BeginGroup();
  if (!label_text.empty()) {
    label(ui, label_text);
    ImGui::SameLine(0.0f, theme.px(8.0f));
  }
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = std::floor(options.width > 0.0f ? options.width : theme.px(kBox));
  const ImVec2 min{std::round(at.x), std::round(at.y)};
  const ImVec2 max{min.x + width, min.y + row_height(ui)};
  const NumberPart part = number_part(ui, name, min, max, value, options.limits);
  if (!part.typing) {
    draw_box(theme, min, max, part.hovered, part.selected);
    draw_number(theme, min, max, value, options.digits);
    if (part.hovered && !ImGui::IsMouseDown(ImGuiMouseButton_Left)) {
      show_limits(ui, options.tooltip, options.limits, min, max);
    }
  }
  ImGui::SetCursorScreenPos(min);
  ImGui::Dummy({width, row_height(ui)});
  ImGui::EndGroup();
  return part.event;
}

// Returns the width of one number of a pair: the same whatever the numbers are, so that nothing
// moves while they change.
float pair_part_width(const Ui& ui, Yx widest) {
  ImFont* font = ui.theme.font.body;
  const std::size_t digits =
      std::max<std::size_t>(2, std::to_string(std::max(widest.y, widest.x)).size());
  return std::ceil(
      std::max(ui.theme.px(kPairPart),
               text_size(font, font_size(font), std::string(digits, '0')).x + ui.theme.px(4.0f)));
}

// A pair of numbers: its box, the places of both numbers in it, and their limits.
struct PairBox {
  std::string names[2];
  ImGuiID ids[2] = {};
  ImVec2 min, max;
  float middle = 0.0f;
  NumberLimits limits[2];

  ImVec2 part_min(int part) const { return {part == 0 ? min.x : middle, min.y}; }
  ImVec2 part_max(int part) const { return {part == 0 ? middle : max.x, max.y}; }
};

PairBox place_pair(Ui& ui, const std::string& name, float part_width, Yx lo, Yx hi) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  PairBox box;
  box.min = {std::round(at.x), std::round(at.y)};
  box.max = {box.min.x + 2 * part_width, box.min.y + row_height(ui)};
  box.middle = box.min.x + part_width;
  box.limits[0] = {static_cast<double>(lo.y), static_cast<double>(hi.y), 1.0, true};
  box.limits[1] = {static_cast<double>(lo.x), static_cast<double>(hi.x), 1.0, true};
  box.names[0] = name + "/y";
  box.names[1] = name + "/x";
  for (int part = 0; part < 2; ++part)
    box.ids[part] = ImGui::GetID(box.names[part].c_str());
  return box;
}

struct TypedPair {
  int part = -1;     // that is being typed; -1 for none
  bool all = false;  // in the whole box
  TypingEnd end = TypingEnd::kNone;
};

// Types one of the numbers in its place, or both in the whole box as soon as there are two.
TypedPair type_pair(Ui& ui, const PairBox& box, Yx& value, EditEvent& event) {
  TypedPair typed;
  if (ui.edit.typing == box.ids[0]) typed.part = 0;
  if (ui.edit.typing == box.ids[1]) typed.part = 1;
  if (ui.edit.typing == 0 || typed.part < 0) return {};
  const bool both = looks_like_pair(ui.edit.text.data());
  const ImVec2 min = both ? box.min : box.part_min(typed.part);
  const ImVec2 max = both ? box.max : box.part_max(typed.part);
  PairTyping pair{{static_cast<double>(value.y), static_cast<double>(value.x)},
                  box.limits[0],
                  box.limits[1],
                  typed.part == 1};
  typed.end = pair_editor(ui, min, max, ui.theme.font.body, pair, event);
  value = {static_cast<Index>(pair.value.first), static_cast<Index>(pair.value.second)};
  typed.all = both && typed.end == TypingEnd::kNone;
  return typed;
}

// Tab goes from one number to the other, and on to what is beside the pair.
void go_on_typing(Ui& ui, const PairBox& box, const TypedPair& typed, Yx value) {
  if (typed.part < 0) return;
  const bool other = (typed.end == TypingEnd::kNext && typed.part == 0) ||
                     (typed.end == TypingEnd::kPrevious && typed.part == 1);
  if (other && ui.focus.shown()) ui.focus.give(box.ids[1 - typed.part]);
  if (typed.end == TypingEnd::kNext && typed.part == 0)
    begin_typing(ui.edit, box.ids[1], number_text(static_cast<double>(value.x), 9));
  else if (typed.end == TypingEnd::kPrevious && typed.part == 1)
    begin_typing(ui.edit, box.ids[0], number_text(static_cast<double>(value.y), 9));
  else
    leave_typing(ui.focus, box.ids[typed.part], typed.end);
}

// Draws one number of a pair: "6," or "8". A nudge moves both towards each other, as far as there
// is room.
void draw_part(const Theme& theme, const PairBox& box, int part, Index value) {
  ImVec2 min = box.part_min(part);
  ImVec2 max = box.part_max(part);
  const std::string text = number_text(static_cast<double>(value), 9) + (part == 0 ? "," : "");
  ImFont* font = theme.font.body;
  const float width = text_size(font, font_size(font), text).x;
  const float room = max.x - min.x - theme.px(2.0f);
  const float nudge = std::clamp(room - width, 0.0f, theme.px(8.0f));
  (part == 0 ? min.x : max.x) += part == 0 ? nudge : -nudge;
  draw_centred(theme, min, max, text, std::min(1.0f, room / width));
}

void show_axis_limits(Ui& ui, const char* tip, const PairBox& box, int part) {
  const std::string axis = part == 0 ? "y, vertical" : "x, horizontal";
  const std::string text = tip != nullptr ? std::string(tip) + "\n" + axis : axis;
  show_limits(ui, text.c_str(), box.limits[part], box.part_min(part), box.part_max(part));
}

}  // namespace

EditEvent float_field(Ui& ui, const char* name, std::string_view label_text, float& value,
                      const FieldOptions& options) {
  double wide = value;
  const EditEvent event = number_field(ui, name, label_text, wide, options);
  if (event.changed) value = static_cast<float>(wide);
  return event;
}

EditEvent int_field(Ui& ui, const char* name, std::string_view label_text, Index& value, Index lo,
                    Index hi, const char* tip) {
  FieldOptions options;
  options.limits = {static_cast<double>(lo), static_cast<double>(hi), 1.0, true};
  options.digits = 9;
  options.tooltip = tip;
  double wide = static_cast<double>(value);
  const EditEvent event = number_field(ui, name, label_text, wide, options);
  if (event.changed) value = static_cast<Index>(wide);
  return event;
}

EditEvent pair_field(Ui& ui, const char* name, std::string_view label_text, Yx& value, Yx lo, Yx hi,
                     const char* tip, Yx widest) {
  const Theme& theme = ui.theme;
  ImGui::BeginGroup();
  if (!label_text.empty()) {
    label(ui, label_text);
    ImGui::SameLine(0.0f, theme.px(8.0f));
  }
  const float part_width = pair_part_width(ui, widest == Yx{} ? hi : widest);
  const PairBox box = place_pair(ui, name, part_width, lo, hi);
  const bool selected = ui.edit.selected == box.ids[0] || ui.edit.selected == box.ids[1];
  draw_box(theme, box.min, box.max,
           ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(box.min, box.max), selected);
  EditEvent event;
  const TypedPair typed = type_pair(ui, box, value, event);
  for (int part = 0; part < 2; ++part) {
    Index& number = part == 0 ? value.y : value.x;
    if (part == typed.part || typed.all) {
      ui.items.add(box.names[part], box.part_min(part), box.part_max(part));
      ui.focus.stop(number_stop(box.ids[part], box.part_min(part), box.part_max(part), false));
      continue;
    }
    double wide = static_cast<double>(number);
    const NumberPart handled = number_part(ui, box.names[part], box.part_min(part),
                                           box.part_max(part), wide, box.limits[part]);
    if (handled.event) event = handled.event;
    number = static_cast<Index>(wide);
    draw_part(theme, box, part, number);
    if (handled.hovered && !ImGui::IsMouseDown(ImGuiMouseButton_Left))
      show_axis_limits(ui, tip, box, part);
  }
  go_on_typing(ui, box, typed, value);
  ui.items.add(name, box.min, box.max);
  ImGui::SetCursorScreenPos(box.min);
  ImGui::Dummy({2 * part_width, row_height(ui)});
  ImGui::EndGroup();
  return event;
}

float field_width(const Ui& ui, std::string_view label_text, float box) {
  const float before = label_text.empty() ? 0.0f : label_width(ui, label_text) + ui.theme.px(8.0f);
  return before + (box > 0.0f ? box : ui.theme.px(kBox));
}

float pair_width(const Ui& ui, std::string_view label_text, Yx widest) {
  return field_width(ui, label_text, 2 * pair_part_width(ui, widest));
}

void label_within(Ui& ui, std::string_view shown, float width) {
  label(ui, shown);
  ImGui::SameLine(0.0f, ui.theme.px(8.0f) + width - label_width(ui, shown));
}

}  // namespace convscope::ui
