#pragma once

#include <optional>
#include <vector>

#include "app/scene/scene.h"
#include "app/session/names.h"
#include "engine/core/cell_rect.h"
#include "engine/core/weight_place.h"
#include "engine/ops/conv2d.h"

namespace convscope::session {

// Everything that determines an output.
struct ConvOperands {
  TensorPtr input;
  Tensor weight;
  std::vector<float> bias;
  Conv2dOptions options;
};

struct WeightChange {
  WeightPlace at;
  float delta = 0.0f;
};

// How one evaluation differs from another.
struct ConvChange {
  enum class Kind {
    kNone,
    kWeights,  // a few weights, which are cheaper to update in the old output than to evaluate
               // again
    kCells,    // cells of the input
    kAll,
  };
  Kind kind = Kind::kAll;
  std::vector<WeightChange> weights;
  CellRect cells;
};

// Tells whether all values of a tensor are finite. Remembers which it was asked for last:
// the steps of a drag don't look at all of the input again.
class FiniteValues {
 public:
  bool in(const TensorPtr& tensor);

 private:
  Revision last_;
  bool finite_ = false;
};

// The cells of the input outside of which `after` follows from the same as `before`; nothing where
// something else is different too, or the input of another shape or one whose changed cells are not
// known.
std::optional<CellRect> changed_input(const ConvOperands& before, const ConvOperands& after);

// Finds the difference. kWeights is only returned if updating is less work and exact up to
// rounding: not for transposed convolution, nor if the weights or the input contain NaN or
// infinity.
ConvChange change_between(const ConvOperands& before, const ConvOperands& after,
                          FiniteValues& finite);

}  // namespace convscope::session
