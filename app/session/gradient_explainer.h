#pragma once

#include <functional>
#include <memory>

#include "app/session/answerer.h"
#include "app/session/names.h"
#include "app/session/training_snapshot.h"
#include "engine/learning/explain_gradient.h"

namespace convscope::session {

// Computes the sum behind one weight's gradient. This takes a pass over the error, so it runs on a
// thread of its own if the error is large. All members are called from one thread (the UI's).
class GradientExplainer {
 public:
  // `wake` is called from the worker when a sum is finished.
  explicit GradientExplainer(std::function<void()> wake);

  // Returns the five largest products and the sum of all products for the weight at `place`. During
  // a run they may belong to a slightly older snapshot. Returns null if no sum is computed yet for
  // this weight. Call it in every frame that shows the sum.
  const GradientSum* sum(const TrainingSnapshot& snapshot, const WeightPlace& place);
  // Releases a sum that was not asked for in this frame, because its run may be over.
  void end_frame() { answerer_.end_frame(); }
  // Returns whether a sum is being computed.
  bool busy() const { return answerer_.busy(); }
  // Blocks until no sum is being computed, for tests and for drawing off screen.
  void wait() { answerer_.wait(); }

 private:
  struct Question {
    std::shared_ptr<const LearningProblem> problem;
    TensorPtr error;
    Shape weight;
    WeightPlace place;
    friend bool operator==(const Question&, const Question&) = default;
  };

  Answerer<Question, GradientSum> answerer_;
};

}  // namespace convscope::session
