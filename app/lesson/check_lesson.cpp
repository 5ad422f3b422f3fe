#include "app/lesson/check_lesson.h"

#include <algorithm>

namespace convscope::lesson {
namespace {

// Checks one step and counts what it states.
class StepCheck {
 public:
  StepCheck(const Lesson& lesson, std::size_t index, const StepValues& values, LessonCheck& check)
      : lesson_(lesson), index_(index), values_(values), check_(check) {}

  void runs(const std::vector<TextRun>& runs) {
    for (const TextRun& run : runs)
      if (run.live) live(*run.live, values_, run.line);
  }

  // The answers are those of what the question supposes.
  void answers(const Prediction& prediction, const StepLimits& limits) {
    const bool compared = std::ranges::any_of(
        prediction.answers, [](const AcceptedAnswer& a) { return a.reference.has_value(); });
    if (!compared) return;
    const bool supposes = prediction.scene || prediction.steps;
    const StepValues supposed =
        supposes ? supposed_values(lesson_.steps[index_], prediction, limits) : values_;
    for (const AcceptedAnswer& answer : prediction.answers)
      if (answer.reference) live({*answer.reference, {}, answer.stated}, supposed, answer.line);
  }

  std::size_t stated() const { return stated_; }

 private:
  void live(const LiveText& live, const StepValues& values, int line) {
    if (live.stated) ++stated_;
    const std::string failure = failure_text(live, values);
    if (failure.empty()) return;
    check_.failures.push_back("\"" + lesson_.name + "\", step " + std::to_string(index_ + 1) +
                              " \"" + lesson_.steps[index_].title + "\", line " +
                              std::to_string(line) + ": " + failure);
  }

  const Lesson& lesson_;
  std::size_t index_;
  const StepValues& values_;
  LessonCheck& check_;
  std::size_t stated_ = 0;
};

}  // namespace

LessonCheck check_lesson(const Lesson& lesson, const StepLimits& limits) {
  LessonCheck check;
  for (std::size_t i = 0; i < lesson.steps.size(); ++i) {
    const Step& step = lesson.steps[i];
    const StepValues values = values_of(step, limits);
    StepCheck one(lesson, i, values, check);
    for (const TextBlock& block : step.blocks)
      one.runs(block.runs);
    for (const Prediction& prediction : step.predictions) {
      one.runs(prediction.question);
      one.runs(prediction.explanation);
      one.answers(prediction, limits);
    }
    check.stated += one.stated();
    if (one.stated() > 0) ++check.steps;
  }
  return check;
}

}  // namespace convscope::lesson
