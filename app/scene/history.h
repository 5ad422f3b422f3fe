#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>

#include "app/scene/edit.h"
#include "app/scene/scene.h"
#include "engine/core/cell_rect.h"

namespace convscope {

// Scenes to go back to and forward again, and between which cells of the input they differ. A copy
// shares its input tensor, so a step costs little; the oldest are dropped beyond 500 steps or 512
// MB of tensors.
class History {
 public:
  // Applies `edit` and remembers the scene as it was, unless the edit continues the gesture before.
  // What continues after an undo or redo is a gesture of its own. `input_cells`: outside of these
  // the edit leaves the input as it is, where it is another one; nothing where that is not known.
  void apply(Scene& scene, const Edit& edit, const std::optional<CellRect>& input_cells = {});
  bool undo(Scene& scene);  // false where there is nothing to take back
  bool redo(Scene& scene);
  // The cells outside of which the last apply, undo or redo left the input as it was; nothing where
  // that is not known.
  const std::optional<CellRect>& changed_cells() const { return changed_; }
  // Scenes of the file `before` are from now on of the file `now`: it was saved under that name.
  void rename(const std::string& before, const std::string& now);
  bool can_undo() const { return !past_.empty(); }
  bool can_redo() const { return !future_.empty(); }

 private:
  struct Step {
    Scene scene;
    std::optional<CellRect> cells;  // of the input, in which the scene after this step differs
  };
  void trim();
  bool go(Scene& scene, std::deque<Step>& from, std::deque<Step>& to);

  std::deque<Step> past_;
  std::deque<Step> future_;
  bool in_gesture_ = false;  // the last change of the scene was an edit
  std::optional<CellRect> changed_;
};

}  // namespace convscope
