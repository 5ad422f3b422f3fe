#pragma once

#include <imgui.h>

#include <optional>
#include <string>
#include <string_view>

#include "app/program/names.h"

namespace convscope::program {

// For how long work has been going on, in seconds of ImGui's clock.
class WorkTime {
 public:
  void update(bool works, double now);
  bool works() const { return since_ >= 0.0; }
  // It has been going on for so long that it is told.
  bool is_long(double now) const;

 private:
  double since_ = -1.0;
};

// Whether a scene's note that has just appeared waits for the pointer: until that moves, what it
// happens to be over does not take the note's place.
class NoteWait {
 public:
  bool update(std::string_view note, ImVec2 pointer);
  bool waits() const { return at_.has_value(); }

 private:
  std::string note_;
  std::optional<ImVec2> at_;
};

}  // namespace convscope::program
