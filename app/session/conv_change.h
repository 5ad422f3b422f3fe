#pragma once

#include <memory>
#include <vector>

#include "app/scene/scene.h"
#include "engine/core/cell_rect.h"
#include "engine/core/weight_place.h"
#include "engine/ops/conv2d.h"

namespace convscope {

// All that an output follows from.
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
    kWeights,  // a few weights, cheaper to bring into the old output than to evaluate it anew
    kCells,    // cells of the input
    kAll,
  };
  Kind kind = Kind::kAll;
  std::vector<WeightChange> weights;
  CellRect cells;
};

// Tells whether all values of a tensor are finite. Remembers the tensor that it was asked for last:
// the steps of a drag don't look at all of the input again.
class FiniteValues {
 public:
  bool in(const TensorPtr& tensor);

 private:
  std::weak_ptr<const Tensor> last_;
  bool finite_ = false;
};

// kWeights only where that is less work and exact but for rounding: not for transposed convolution,
// nor where the weights or the input hold NaN or infinity.
ConvChange change_between(const ConvOperands& before, const ConvOperands& after,
                          FiniteValues& finite);

// The smallest rectangle around the cells that differ, in any plane, bit by bit. The shapes must be
// the same.
CellRect differing_cells(const Tensor& a, const Tensor& b);

}  // namespace convscope
