#pragma once

#include <optional>

#include "app/program/names.h"
#include "engine/core/padding.h"
#include "engine/core/tensor.h"

namespace convscope::program {

// The cell under the pointer, as a member for each kind of panel; at most one is set. The panel
// under the pointer sets it, and in the next frame every panel outlines the cells that are linked
// to it.
struct Links {
  std::optional<Yx> input = {};
  std::optional<Yx> weight = {};
  std::optional<Yx> learned = {};   // a weight of the learned kernel
  std::optional<Yx> gradient = {};  // a cell of that kernel's gradient
  std::optional<Yx> output = {};
  std::optional<Yx> error = {};  // a cell of the prediction
  std::optional<Yx> pooled = {};
  std::optional<Yx> scene_input = {};  // a cell of the scene's input beside a later layer
  // Returns the weight of the learned kernel that is pointed at, itself or by its gradient: both
  // belong to the same cells of input and error.
  std::optional<Yx> learned_place() const { return learned ? learned : gradient; }
  friend bool operator==(const Links&, const Links&) = default;
};

// Returns whether a cell that is pointed at is one of the plane's, or of the padding around it.
inline bool inside(const std::optional<Yx>& cell, const Shape& plane, const Padding& around = {}) {
  return cell && cell->y >= -around.top && cell->x >= -around.left &&
         cell->y < plane.h + around.bottom && cell->x < plane.w + around.right;
}

}  // namespace convscope::program
