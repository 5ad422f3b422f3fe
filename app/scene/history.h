#pragma once

#include <cstddef>
#include <deque>
#include <string>

#include "app/scene/edit.h"
#include "app/scene/scene.h"

namespace convscope {

// The scenes for undo and redo, and the input cells in which neighbouring scenes differ. A copy of
// a scene shares its input tensor, so that a step takes little memory. The oldest scenes are
// dropped beyond 500 steps or 512 MB of tensors.
class History {
 public:
  // Applies `edit` and keeps the previous scene, unless the edit continues a gesture. An edit that
  // continues after an undo or redo begins a gesture of its own. `input_cells` are the cells
  // outside of which the edit leaves the input unchanged; nullopt if unknown.
  void apply(Scene& scene, const Edit& edit, const std::optional<CellRect>& input_cells = {});
  bool undo(Scene& scene);  // false if there is nothing to undo
  bool redo(Scene& scene);
  // Returns the cells outside of which the last apply, undo or redo left the input unchanged;
  // nullopt if unknown.
  const std::optional<CellRect>& changed_cells() const { return changed_; }
  // Changes the file of all scenes with the file `before` to `now`, after it was saved under that
  // name.
  void rename(const std::string& before, const std::string& now);
  bool can_undo() const { return !past_.empty(); }
  bool can_redo() const { return !future_.empty(); }

 private:
  struct Step {
    Scene scene;
    std::optional<CellRect> cells;  // the input cells in which the next scene differs
  };
  void trim();
  bool go(Scene& scene, std::deque<Scene>& from, std::deque<Scene>& to);

  std::deque<Step> past_;
  std::deque<Step> future_;
  bool in_gesture_ = false;  // whether the last change of the scene was an edit
  std::optional<CellRect> changed_;
};

}  // namespace convscope
