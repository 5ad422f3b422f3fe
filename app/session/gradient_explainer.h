#pragma once

#include <functional>
#include <optional>

#include "app/session/training_snapshot.h"
#include "app/session/worker.h"
#include "engine/learning/explain_gradient.h"

namespace convscope {

// The sum behind one weight's gradient takes a pass over the error: it is made on a thread of its
// own where that is large. All members are called from one thread (the UI's).
class GradientExplainer {
 public:
  // `wake` is called from the thread when a sum is there.
  explicit GradientExplainer(std::function<void()> wake);

  // The five largest products and the sum of all, of a weight of the snapshot. While a run goes on
  // it may be of a moment ago; null where none of this weight is there yet: ask in every frame.
  const GradientSum* sum(const TrainingSnapshot& snapshot, const WeightPlace& place);
  // Lets go of what no sum was asked of since the last frame: its run may be of the past.
  void end_frame();
  bool busy() const { return worker_.busy(); }
  // Blocks until it is not: for tests, and for drawing off screen.
  void wait() { worker_.wait(); }

 private:
  struct Question {
    std::shared_ptr<const LearningProblem> problem;
    TensorPtr error;
    Shape weight;
    WeightPlace place;
    friend bool operator==(const Question&, const Question&) = default;
  };
  struct Answer {
    Question question;
    GradientSum sum;
  };
  static Answer answer(const Question& question);

  bool wanted_ = false;  // in this frame
  std::optional<Question> asked_;
  std::optional<Answer> answer_;
  Worker<Question, Answer> worker_;
};

}  // namespace convscope
