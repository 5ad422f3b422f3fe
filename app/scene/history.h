#pragma once

#include <cstddef>
#include <deque>
#include <string>

#include "app/scene/edit.h"
#include "app/scene/names.h"
#include "app/scene/scene.h"

namespace convscope::scene {

// The scenes that undo and redo return to. A step takes little memory, because a scene shares its
// input tensor with the scenes before and after it until the input changes. The oldest scenes are
// dropped beyond 500 steps or 512 MB of tensors.
class History {
 public:
  // Applies `edit` to the scene. Remembers the scene as it was before, unless the edit continues a
  // gesture (Edit). After an undo or redo, an edit always begins a new gesture.
  void apply(Scene& scene, const Edit& edit);
  // Replaces the scene by the one before the last gesture. Returns false if there is none.
  bool undo(Scene& scene);
  // Takes back the last undo. Returns false if there is none.
  bool redo(Scene& scene);
  // Replaces the file name `before` by `now` in all remembered scenes, after the scene was saved
  // under another name.
  void rename(const std::string& before, const std::string& now);
  // Return whether there is a scene to return to.
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
