#pragma once

#include <optional>
#include <vector>

#include "app/scene/scene.h"
#include "engine/core/cell_rect.h"
#include "engine/core/weight_place.h"
#include "engine/ops/conv2d.h"

namespace convscope {

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

// Tells whether all values of a tensor are finite. Remembers the last tensor, so that the steps of
// a drag don't search the whole input again.
class FiniteValues {
 public:
  bool in(const TensorPtr& tensor);

 private:
  Revision last_;
  bool finite_ = false;
};

// Finds the difference. kWeights is only returned if updating is less work and exact up to
// rounding: not for transposed convolution, nor if the weights or the input contain NaN or
// infinity.
ConvChange change_between(const ConvOperands& before, const ConvOperands& after,
                          FiniteValues& finite);

// Returns the smallest rectangle around the cells that differ bit by bit in any plane. The shapes
// must be the same.
CellRect differing_cells(const Tensor& a, const Tensor& b);

}  // namespace convscope
