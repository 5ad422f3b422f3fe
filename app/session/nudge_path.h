#pragma once

#include <optional>

#include "app/session/names.h"
#include "app/session/nudge.h"
#include "app/session/results.h"

// How a change of a layer's output goes on through its ReLU and its pooling.
namespace convscope::session {

// Goes on with changes, and remembers the switch that counts most.
class NudgePath {
 public:
  // Returns by how much the values of the layer's result change if its output changes by `delta`.
  // `weights` are what the cells of the result count in the loss; null where that is not known, and
  // then all count the same. It is the layer's result that has gone through `relu` and its pooling.
  Tensor through(const LayerResults& layer, bool relu, const Tensor& delta, const Tensor* weights,
                 std::size_t index);

  const std::optional<NudgeSwitch>& switched() const { return switched_; }

 private:
  void note(const NudgeSwitch& found, double off);
  void note_relu(const LayerResults& layer, const Tensor& delta, const Tensor* weights,
                 std::size_t index);
  Tensor through_maximum(const LayerResults& layer, bool relu, const Tensor& output_delta,
                         const Tensor& delta, const Tensor* weights, std::size_t index);

  std::optional<NudgeSwitch> switched_;
  double off_ = 0.0;  // by how much it leads the loss off what the gradient says
};

}  // namespace convscope::session
