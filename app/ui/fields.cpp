#include "app/ui/fields.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/ui/imgui_shim.h"
#include "app/ui/number_format.h"
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
  list->AddRectFilled(min, max, hovered || selected ? theme.color.accent : theme.color.line,
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
    part.typing = true;
    part.end = cell_editor(ui, min, max, ui.theme.font.body, value, limits, part.event);
    return part;
  }
  ImGui::SetCursorScreenPos(min);
  ImGui::InvisibleButton(name.c_str(), {max.x - min.x, max.y - min.y});
  part.hovered = ImGui::IsItemHovered();
  const bool active = ImGui::IsItemActive();
  if (part.hovered || active) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  if (part.hovered && (ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left) ||
                       (ImGui::IsMouseClicked(ImGuiMouseButton_Left) && ctrl_down()))) {
    begin_typing(ui.edit, id, exact_text(static_cast<float>(value)));
    return part;
  }
  part.event = drag_number(ui, id, part.hovered, active, value, limits);
  part.selected = ui.edit.selected == id;
  return part;
}

void show_limits(Ui& ui, const char* tip, const NumberLimits& limits) {
  if (was_just_clicked(ui)) return;
  std::string text = tip != nullptr ? std::string(tip) + "\n" : "";
  const bool any = limits.lo <= -kMaxNumber && limits.hi >= kMaxNumber;
  text +=
      (any ? "" : limits_text(limits) + ": ") + "drag, click and scroll, or double-click to type";
  ImGui::BeginTooltip();
  push_font(ui.theme.font.small);
  ImGui::TextUnformatted(text.c_str());
  pop_font();
  ImGui::EndTooltip();
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
      show_limits(ui, options.tooltip, options.limits);
    }
  }
  ImGui::SetCursorScreenPos(min);
  ImGui::Dummy({width, row_height(ui)});
  ImGui::EndGroup();
  return part.event;
}

// Returns the width of one number of a pair: both are as wide as the larger one needs.
float pair_part_width(const Ui& ui, Yx value) {
  ImFont* font = ui.theme.font.body;
  const std::string widest = number_text(static_cast<double>(std::max(value.y, value.x)), 9);
  return std::ceil(std::max(ui.theme.px(kPairPart),
                            text_size(font, font_size(font), widest).x + ui.theme.px(12.0f)));
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
                     const char* tip) {
  const Theme& theme = ui.theme;
  ImGui::BeginGroup();
  if (!label_text.empty()) {
    label(ui, label_text);
    ImGui::SameLine(0.0f, theme.px(8.0f));
  }
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 min{std::round(at.x), std::round(at.y)};
  const float part_width = pair_part_width(ui, value);
  const ImVec2 max{min.x + 2 * part_width, min.y + row_height(ui)};
  const float middle = min.x + part_width;
  const NumberLimits limits_y{static_cast<double>(lo.y), static_cast<double>(hi.y), 1.0, true};
  const NumberLimits limits_x{static_cast<double>(lo.x), static_cast<double>(hi.x), 1.0, true};
  const std::string base = name;
  const auto selected = [&](const char* part) {
    return ui.edit.selected == ImGui::GetID((base + part).c_str());
  };
  draw_box(theme, min, max, ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(min, max),
           selected("/y") || selected("/x"));

  double y = static_cast<double>(value.y);
  double x = static_cast<double>(value.x);
  const NumberPart py = number_part(ui, base + "/y", min, {middle, max.y}, y, limits_y);
  const NumberPart px = number_part(ui, base + "/x", {middle, min.y}, max, x, limits_x);
  value = {static_cast<Index>(y), static_cast<Index>(x)};
  // Tab goes from one number to the other.
  if (py.end == TypingEnd::kNext) {
    begin_typing(ui.edit, ImGui::GetID((base + "/x").c_str()), number_text(x, 9));
  } else if (px.end == TypingEnd::kPrevious) {
    begin_typing(ui.edit, ImGui::GetID((base + "/y").c_str()), number_text(y, 9));
  }
  ui.items.add(base, min, max);
  const float nudge = theme.px(8.0f);  // moves the numbers towards each other: "6, 8"
  if (!py.typing) {
    draw_centred(theme, {min.x + nudge, min.y}, {middle, max.y},
                 number_text(static_cast<double>(value.y), 9) + ",");
  }
  if (!px.typing) {
    draw_centred(theme, {middle, min.y}, {max.x - nudge, max.y},
                 number_text(static_cast<double>(value.x), 9));
  }
  if ((py.hovered || px.hovered) && !ImGui::IsMouseDown(ImGuiMouseButton_Left)) {
    const std::string axis = py.hovered ? "y, vertical" : "x, horizontal";
    const std::string text = tip != nullptr ? std::string(tip) + "\n" + axis : axis;
    show_limits(ui, text.c_str(), py.hovered ? limits_y : limits_x);
  }
  ImGui::SetCursorScreenPos(min);
  ImGui::Dummy({2 * part_width, row_height(ui)});
  ImGui::EndGroup();
  return py.event.changed ? py.event : px.event;
}

float field_width(const Ui& ui, std::string_view label_text, float box) {
  const float before = label_text.empty() ? 0.0f : label_width(ui, label_text) + ui.theme.px(8.0f);
  return before + (box > 0.0f ? box : ui.theme.px(kBox));
}

float pair_width(const Ui& ui, std::string_view label_text, Yx value) {
  return field_width(ui, label_text, 2 * pair_part_width(ui, value));
}

}  // namespace convscope::ui
