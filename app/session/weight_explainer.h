#pragma once

#include <functional>
#include <vector>

#include "app/session/answerer.h"
#include "app/session/backward.h"
#include "app/session/names.h"
#include "engine/explain/explain_grad_weight.h"

namespace convscope::session {

// Computes the sum behind the gradient of one weight of a layer, on a thread of its own if it has
// many products. All members are called from one thread (the UI's).
class WeightExplainer {
 public:
  // `wake` is called from the worker when a sum is finished.
  explicit WeightExplainer(std::function<void()> wake);

  // Returns the sum for a weight of `gradients`, whose kernel all channels may share, with its
  // sixteen largest products. Returns null until it is computed; never that of other values. Call
  // it in every frame that shows the sum.
  const GradientSum* sum(const LayerGradients& gradients, const WeightPlace& place);
  // Releases a sum that was not asked for in this frame, because its gradients may be gone.
  void end_frame() { answerer_.end_frame(); }
  // Returns whether a sum is being computed.
  bool busy() const { return answerer_.busy(); }
  // Blocks until no sum is being computed, for tests and for drawing off screen.
  void wait() { answerer_.wait(); }

 private:
  struct Question {
    TensorPtr input, grad_output;
    Shape weight;
    Conv2dOptions options;
    std::vector<WeightPlace> places;
    friend bool operator==(const Question&, const Question&) = default;
  };

  Answerer<Question, GradientSum> answerer_;
};

}  // namespace convscope::session
