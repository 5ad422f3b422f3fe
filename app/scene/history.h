#pragma once

#include <cstddef>
#include <deque>
#include <string>

#include "app/scene/edit.h"
#include "app/scene/names.h"
#include "app/scene/scene.h"

namespace convscope::scene {

// Scenes to go back to and forward again. A copy shares its input tensor and its revision, which
// tells in which cells it differs from the one of the next step, so a step costs little; the oldest
// are dropped beyond 500 steps or 512 MB of tensors.
class History {
 public:
  // Applies `edit` and remembers the scene as it was, unless the edit continues the gesture before.
  // What continues after an undo or redo is a gesture of its own.
  void apply(Scene& scene, const Edit& edit);
  bool undo(Scene& scene);  // false if there is nothing to undo
  bool redo(Scene& scene);
  // Changes the file of all scenes with the file `before` to `now`, after it was saved under that
  // name.
  void rename(const std::string& before, const std::string& now);
  bool can_undo() const { return !past_.empty(); }
  bool can_redo() const { return !future_.empty(); }

 private:
  void trim();
  bool go(Scene& scene, std::deque<Scene>& from, std::deque<Scene>& to);

  std::deque<Scene> past_;
  std::deque<Scene> future_;
  bool in_gesture_ = false;  // whether the last change of the scene was an edit
};

}  // namespace convscope::scene
