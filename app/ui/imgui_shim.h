#pragma once

#include <imgui.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "app/ui/imgui_keys.h"
#include "app/ui/names.h"

// With imgui_keys.h the only place that knows how versions of Dear ImGui differ (1.86 to 1.92).
namespace convscope::ui {

// Returns the size in pixels at which the font was added.
float font_size(const ImFont* font);
ImVec2 text_size(const ImFont* font, float size, std::string_view text);
void draw_text(ImDrawList* list, ImFont* font, float size, ImVec2 pos, ImU32 color,
               std::string_view text);
// Returns the text's size when wrapped at `wrap_width` pixels.
ImVec2 wrapped_text_size(const ImFont* font, float size, float wrap_width, std::string_view text);
// Draw outlines whose thickness lies half inside and half outside the given edge.
void stroke_rect(ImDrawList* list, ImVec2 min, ImVec2 max, ImU32 color, float rounding,
                 float thickness);
void stroke_lines(ImDrawList* list, std::span<const ImVec2> points, ImU32 color, float thickness,
                  bool closed = false);
// Gives the wheel to the last item while the pointer is over it, so that nothing around it scrolls.
void claim_wheel();
// Takes the keyboard away from the active text field.
void release_keyboard();
// Gives the next item the keyboard, from the next frame or the one after, wherever the keyboard is
// now.
void focus_next_item();
// Whether the item is active: of a text field, whether it has the keyboard.
bool is_active(ImGuiID id);
// Whether ImGui's own Tab stops at the following text fields.
void push_tab_stop(bool stops);
void pop_tab_stop();
// Whether a modal popup is open.
bool dialog_open();
// The popup on top, modal or not: how many are open, and its window (0 before it is first drawn).
struct OpenPopup {
  std::size_t depth = 0;
  ImGuiID id = 0;
};
OpenPopup top_popup();
// Returns the window or popup that is drawn, which children are part of.
ImGuiID root_window();
// Scrolls the window, and what it is a child of, so far that the rectangle, on the screen, is seen.
void scroll_to_see(ImVec2 min, ImVec2 max);
void push_font(ImFont* font);
void pop_font();
// Returns what ImGui takes a texture of OpenGL by.
ImTextureID texture_id(std::uint32_t name);
// Returns a number for the texture of a command; the same texture has the same number in all
// frames.
std::uint64_t texture_key(const ImDrawCmd& command);
// Returns whether the font, or one merged into it, has the character.
bool has_glyph(const ImFont* font, ImWchar sign);

}  // namespace convscope::ui
