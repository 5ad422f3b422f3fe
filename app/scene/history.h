#pragma once

#include <cstddef>
#include <cstdint>
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
  // Returns a number that stands for the step of undo which the scene is at. Every gesture has a
  // new one, and undo and redo give it back.
  std::uint64_t step() const { return step_; }
  // Return whether there is a scene to return to.
  bool can_undo() const { return !past_.empty(); }
  bool can_redo() const { return !future_.empty(); }

 private:
  struct Remembered {
    Scene scene;
    std::uint64_t step = 0;
  };
  void trim();
  bool go(Scene& scene, std::deque<Remembered>& from, std::deque<Remembered>& to);
  static std::size_t bytes(const std::deque<Remembered>& remembered);

  std::deque<Remembered> past_;
  std::deque<Remembered> future_;
  std::uint64_t step_ = 0;
  std::uint64_t steps_ = 0;  // how many there were
  bool in_gesture_ = false;  // whether the last change of the scene was an edit
};

}  // namespace convscope::scene
