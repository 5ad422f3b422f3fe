#pragma once

#include <imgui.h>

#include <array>
#include <string>

#include "app/ui/names.h"

namespace convscope::ui {

// What a control did to its value in this frame. `continues` marks the second and later changes of
// one gesture (a drag, a sequence of wheel notches), which undo reverts as one step.
struct EditEvent {
  bool changed = false;
  bool continues = false;
  explicit operator bool() const { return changed; }
};

// There is one pointer and one keyboard: at most one number is edited at a time. Fields, sliders,
// tooltips and the weight grid keep their gestures here. The data members are those of typing,
// of the selected number, and a struct for each other gesture and for tooltips.
struct EditState {
  ImGuiID typing = 0;   // the control whose text is being edited
  bool focus = false;   // it still has to take the keyboard
  bool typed = false;   // the text was begun by typing, so the caret goes to its end
  bool waited = false;  // the field has been drawn before
  bool wrong = false;   // the entered text is not a number
  int undrawn = 0;      // frames since the field was drawn
  int tab = 0;          // 1 after Tab, -1 after Shift+Tab
  std::array<char, 64> text{};
  std::string said;  // which limits were applied to what was typed, until the program takes it

  ImGuiID selected =
      0;  // the number that was clicked last: a field, a rate, a cell of a weight grid

  struct Drag {
    ImGuiID control = 0;
    double value = 0.0;    // not yet rounded
    bool moved = false;    // it is a drag, and no click
    bool changed = false;  // the drag has changed the value before
  };
  Drag drag;

  // Position of the last click. Tooltips stay away until the pointer leaves it, because whoever
  // clicks knows what is there and watches the effect.
  ImVec2 clicked_at{-1e9f, -1e9f};

  // The tooltip of a control under a pointer at rest; see tooltip.h.
  struct Tips {
    bool on = true;            // they are wanted
    double still_since = 0.0;  // when the pointer came to rest, in ImGui's time
    ImVec2 at{-1e9f, -1e9f};   // where
    ImVec2 min, max;           // the item whose tooltip was drawn in this frame or the last
    bool drawn = false;        // in this frame
    bool waits = false;        // one is drawn as soon as the pointer has rested
  };
  Tips tips;

  // The last gesture of the wheel; see wheel.h.
  struct Wheel {
    ImGuiID control = 0;   // whose it is; 0: what scrolls
    ImGuiID offered = 0;   // the control that would take one that begins now
    bool open = false;     // the control under the pointer may take it in this frame
    double time = -1e9;    // of its last notch
    ImVec2 at;             // where that was
    float rest = 0.0f;     // the part of a notch that was not yet a step
    bool changed = false;  // it has changed a number
  };
  Wheel wheel;
};

}  // namespace convscope::ui
