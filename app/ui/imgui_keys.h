#pragma once

#include <imgui.h>

#include "app/ui/names.h"

// Keys and injected input, whatever the version of Dear ImGui (1.86 to 1.92).
namespace convscope::ui {

enum class Key {
  kSpace,
  kA,
  kB,
  kC,
  kD,
  kE,
  kF,
  kI,
  kK,
  kL,
  kM,
  kO,
  kP,
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
  kF2,
  kF3,
  kF4,
  kF5,
  kF6,
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
// Takes the press of a key away from whatever asks for it later in this frame.
void take_press(Key key);
// Takes the turns of the wheel away from ImGui, whose windows would scroll by them, and returns
// their sum in notches. Call before ImGui::NewFrame.
float take_wheel();
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

}  // namespace convscope::ui
