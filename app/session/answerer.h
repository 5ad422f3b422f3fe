#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <utility>

#include "app/session/names.h"
#include "app/session/worker.h"

namespace convscope::session {

// Answers the question that a frame asks: a small one at once, a large one on a thread of its own.
// What is not asked for in a frame is dropped, with all that it holds. All members are called from
// one thread (the UI's).
template <typename Question, typename Sum>
class Answerer {
 public:
  struct Answer {
    Question question;
    Sum sum;
  };

  // `wake` is called from the worker when an answer is there. The newest question waits for the
  // current one instead of stopping it, as questions may come faster than they are answered.
  Answerer(std::function<Sum(const Question&)> answer, std::function<void()> wake)
      : answer_of_(std::move(answer)),
        worker_(
            [this](const Question& question, const std::stop_token&) {
              return std::optional(Answer{question, answer_of_(question)});
            },
            std::move(wake), {.patience = std::chrono::hours(1)}) {}

  // Asks `question` unless it was asked last. Returns the newest answer, which may be to an earlier
  // question; null before the first. Call it in every frame that shows the answer.
  const Answer* ask(const Question& question, bool at_once) {
    wanted_ = true;
    if (std::optional<Answer> newest = worker_.take()) answer_ = std::move(newest);
    if (asked_ != question) {
      asked_ = question;
      if (at_once) {
        worker_.cancel();
        answer_ = Answer{question, answer_of_(question)};
      } else {
        worker_.submit(question);
      }
    }
    return answer_ ? &*answer_ : nullptr;
  }
  // Drops an answer that was not asked for in this frame.
  void end_frame() {
    if (!std::exchange(wanted_, false) && asked_) {
      worker_.cancel();
      asked_.reset();
      answer_.reset();
    }
  }
  // Returns whether a question is being answered.
  bool busy() const { return worker_.busy(); }
  // Blocks until it is answered, for tests and for drawing off screen.
  void wait() { worker_.wait(); }

 private:
  bool wanted_ = false;  // whether something was asked in this frame
  std::optional<Question> asked_;
  std::optional<Answer> answer_;
  std::function<Sum(const Question&)> answer_of_;
  Worker<Question, Answer> worker_;
};

}  // namespace convscope::session
