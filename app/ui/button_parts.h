#pragma once

#include <string_view>

#include "app/ui/buttons.h"
#include "app/ui/names.h"

// What buttons and lists are made of.
namespace convscope::ui {

inline constexpr float kButtonPadding = 11.0f;   // left and right of the label, at scale 1
inline constexpr float kButtonRounding = 7.0f;   // radius of the corners, at scale 1
inline constexpr float kButtonIconSize = 15.0f;  // at scale 1

struct Pressable {
  ImVec2 min, max;
  bool hovered = false, held = false, clicked = false;
};
// Makes an invisible button, registers its rectangle, and lets the keyboard reach and press it.
// `group` and `preferred` are those of FocusStop.
Pressable pressable(Ui& ui, const char* name, ImVec2 size, bool enabled, ImGuiID group = 0,
                    bool preferred = false);

struct Face {
  ImU32 fill, border, ink;
};
Face face_of(const Theme& theme, ButtonKind kind, bool on, const Pressable& p, bool enabled);

void draw_frame(const Theme& theme, ImDrawList* list, ImVec2 min, ImVec2 max, ImU32 fill,
                ImU32 border);
// Icon and label in the middle of the rectangle; the label is cut where it is too long.
void draw_label(const Ui& ui, ImDrawList* list, ImVec2 min, ImVec2 max, ImU32 color, Icon icon,
                std::string_view label);
// The size of a text in the font of labels.
ImVec2 body_size(const Ui& ui, std::string_view text);

}  // namespace convscope::ui
