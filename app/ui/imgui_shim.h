#pragma once

#include <imgui.h>

#include <cstdint>
#include <span>
#include <string_view>

#include "app/ui/names.h"

// The only place that knows how versions of Dear ImGui differ (1.86 to 1.92): keys, injected input
// and font sizes.
namespace convscope::ui {

enum class Key {
  kSpace,
  kA,
  kB,
  kC,
  kD,
  kF,
  kI,
  kK,
  kL,
  kM,
  kO,
  kQ,
  kR,
  kS,
  kT,
  kV,
  kW,
  kY,
  kZ,
  kOne,
  kTwo,
  kThree,
  kFour,
  kZero,
  kPlus,
  kMinus,  // on the main row or the keypad
  kLeft,
  kRight,
  kUp,
  kDown,
  kPageUp,
  kPageDown,
  kHome,
  kEnd,
  kEnter,
  kEscape,
  kTab,
  kDelete,
  kBackspace,
  kF1,
  kF5,
  kF11,
  kF12,
};
inline constexpr int kKeyCount = static_cast<int>(Key::kF12) + 1;

struct Chord {
  Key key;
  bool ctrl = false;
  bool shift = false;
};

// Returns whether the chord was pressed in this frame, with exactly these modifiers (Plus is
// accepted with or without Shift, because keyboards differ). `repeat` also counts the repeats of a
// held key.
bool key_pressed(Chord chord, bool repeat = false);
// Does the same, but returns false while a text field has the keyboard.
bool shortcut_pressed(Chord chord, bool repeat = false);
bool any_key_down();  // of those that Key names
bool ctrl_down();
bool shift_down();
bool alt_down();

// Names the keys to ImGui, for a context without a window (off screen, tests).
void prepare_keys(ImGuiIO& io);
// Inject input as a window would. Allow one change of state a frame: 1.86 loses a press and release
// within one frame.
void inject_key(ImGuiIO& io, Key key, bool down);
void inject_modifiers(ImGuiIO& io, bool ctrl, bool shift, bool alt);
void inject_mouse_pos(ImGuiIO& io, ImVec2 pos);
void inject_mouse_button(ImGuiIO& io, int button, bool down);
void inject_wheel(ImGuiIO& io, float notches);
void inject_text(ImGuiIO& io, const char* utf8);

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
// Whether a modal popup is open.
bool dialog_open();
void push_font(ImFont* font);
void pop_font();
// Returns a number for the texture of a command; the same texture has the same number in all
// frames.
std::uint64_t texture_key(const ImDrawCmd& command);
// Returns whether the font, or one merged into it, has the character.
bool has_glyph(const ImFont* font, ImWchar sign);

}  // namespace convscope::ui
