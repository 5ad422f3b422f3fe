#pragma once

#include <imgui.h>

#include <array>

#include "app/ui/names.h"

namespace convscope::ui {

// The pointer while something has it that no panel knows of: between take() and give_back(), within
// a frame, ImGui and all that is drawn have neither a pointer nor its buttons and its wheel.
class HeldPointer {
 public:
  // Takes the pointer; call after ImGui::NewFrame. Does nothing where it is taken already.
  void take();
  // Gives it back, as all that follows in the frame, and the next frame, expect it.
  void give_back();
  bool taken() const { return taken_; }
  // Where it is, in pixels, whether the left button is down, and since this frame. Call while it is
  // taken.
  ImVec2 at() const { return at_; }
  bool down() const { return down_[0]; }
  bool pressed() const { return clicked_[0]; }

 private:
  using Buttons = std::array<bool, 5>;
  bool taken_ = false;
  ImVec2 at_, delta_;
  float wheel_ = 0.0f;
  Buttons down_{}, clicked_{}, double_clicked_{}, released_{};
};

}  // namespace convscope::ui
