#pragma once

#include <imgui.h>

#include <optional>
#include <string>
#include <string_view>

#include "app/program/names.h"

namespace convscope::program {

// Measures for how long work has been going on, in seconds of ImGui's clock.
class WorkTime {
 public:
  // To be called once a frame with whether there is work.
  void update(bool works, double now);
  bool works() const { return since_ >= 0.0; }
  // Returns whether the work has been going on so long that the user should see a message about it.
  bool is_long(double now) const;

 private:
  double since_ = -1.0;  // when the work began; -1 if there is none
};

// Decides whether keys are shortcuts. Keys that are pressed in a dialog, or typed on as it closes,
// are not.
class KeyGuard {
 public:
  // Takes up whether a dialog is open and any key is down, in every frame.
  void follow(bool dialog, bool any_key_down, double now);
  // Nobody types keys with Ctrl by accident: they only wait until the held keys are let go.
  bool lets_through(bool ctrl, double now) const;

 private:
  bool dialog_ = false;
  bool held_ = false;  // whether a key is still down that was down in the dialog
  double closed_at_ = -1e9;
};

// Keeps the note of a newly opened scene visible until the pointer moves or the keyboard says what
// is looked at. Otherwise the cell that
// the pointer happens to be over would replace the note at once.
class NoteWait {
 public:
  // To be called once a frame with the scene's note, the pointer's position and whether the
  // keyboard leads (ui::Focus). Returns waits().
  bool update(std::string_view note, ImVec2 pointer, bool keyboard);
  // Returns whether the note must stay visible.
  bool waits() const { return at_.has_value(); }

 private:
  std::string note_;
  std::optional<ImVec2> at_;  // where the pointer was when the note appeared; nullopt once it moved
};

// All of them.
struct Waits {
  WorkTime work;
  NoteWait note;
  KeyGuard keys;
};

}  // namespace convscope::program
