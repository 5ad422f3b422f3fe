#pragma once

#include <optional>
#include <vector>

#include "app/scene/scene.h"
#include "app/session/names.h"
#include "engine/core/cell_rect.h"
#include "engine/core/weight_place.h"
#include "engine/ops/conv2d.h"

namespace convscope::session {

// The arguments that determine the output of a convolution, with shapes as in conv2d.h.
struct ConvOperands {
  TensorPtr input;
  Tensor weight;
  std::vector<float> bias;
  Conv2dOptions options;
};

// A weight that has grown by `delta`.
struct WeightChange {
  WeightPlace at;
  float delta = 0.0f;
};

// How the operands of one evaluation differ from those of another.
struct ConvChange {
  enum class Kind {
    kNone,
    kWeights,  // in so few weights that updating the old output is less work than evaluating again
    kCells,    // in cells of the input
    kAll,      // in other ways, or in an unknown way
  };
  Kind kind = Kind::kAll;
  std::vector<WeightChange> weights;  // only for kWeights
  CellRect cells;                     // only for kCells
};

// Tells whether all values of a tensor are finite. It remembers the answer for the last tensor, so
// that each step of a drag need not read the whole input again.
class FiniteValues {
 public:
  // Returns whether all values of `tensor` are finite.
  bool in(const TensorPtr& tensor);

 private:
  Revision last_;
  bool finite_ = false;
};

// Returns the cells of the input outside of which `before` and `after` are the same. Returns
// nothing if more than the values of the input differs, or if the changed cells are not known.
std::optional<CellRect> changed_input(const ConvOperands& before, const ConvOperands& after);

// Returns how `after` differs from `before`. Returns kWeights only if updating is less work and
// exact up to rounding: not for transposed convolution, nor if the weights or the input contain NaN
// or infinity.
ConvChange change_between(const ConvOperands& before, const ConvOperands& after,
                          FiniteValues& finite);

}  // namespace convscope::session
