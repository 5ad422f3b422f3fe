#include "app/lesson/check_lesson.h"

#include <algorithm>

#include "app/files/near_name.h"
#include "app/lesson/pointed_check.h"

namespace convscope::lesson {
namespace {

// Whether a line of the text begins with a field that only a question has.
bool looks_like_a_question(std::string_view text) {
  for (const std::string_view field : {"question:", "answer:"})
    if (text.starts_with(field) || text.find("\n" + std::string(field)) != std::string_view::npos)
      return true;
  return false;
}

// Checks one step and counts what it states.
class StepCheck {
 public:
  StepCheck(const Lesson& lesson, std::size_t index, const StepValues& values, LessonCheck& check)
      : lesson_(lesson), index_(index), values_(values), check_(check) {}

  void runs(const std::vector<TextRun>& runs) {
    for (const TextRun& run : runs)
      if (run.live) live(*run.live, values_, run.line);
  }

  void code(const TextBlock& block) {
    if (block.fence.empty() || block.runs.empty()) return;
    if (!looks_like_a_question(block.runs.front().text)) return;
    fail(block.line, "the block " + in_quotes(block.fence) +
                         " is shown as code; a question stands in a block named predict, and code "
                         "that looks like one in a block without a name");
  }

  void pointed(const Show& show) {
    for (const PointedPlace& place : show.pointed)
      if (const std::string failure = pointed_failure(place, values_); !failure.empty())
        fail(show.pointed_line, failure);
  }

  // The answers are those of what the question supposes, and the explanation's values are not.
  void answers(const Prediction& prediction, const StepLimits& limits) {
    for (const AcceptedAnswer& answer : prediction.answers)
      if (!answer.reference && !answer.stated.numbers.empty()) unchecked(answer);
    const bool supposes = prediction.scene || prediction.steps;
    const bool compared = std::ranges::any_of(
        prediction.answers, [](const AcceptedAnswer& a) { return a.reference.has_value(); });
    if (!compared && !supposes) return;
    const StepValues supposed =
        supposes ? supposed_values(lesson_.steps[index_], prediction, limits) : values_;
    for (const TextRun& run : prediction.explanation)
      if (supposes && run.live && !run.live->stated && !run.live->control) unclear(run, supposed);
    for (const AcceptedAnswer& answer : prediction.answers)
      if (answer.reference) live({*answer.reference, {}, answer.stated}, supposed, answer.line);
  }

  std::size_t stated() const { return stated_; }

 private:
  void live(const LiveText& live, const StepValues& values, int line) {
    if (live.stated) ++stated_;
    const std::string failure = failure_text(live, values);
    if (!failure.empty()) fail(line, failure);
  }

  // An author means one of the two values, and perhaps not the one that is shown.
  void unclear(const TextRun& run, const StepValues& supposed) {
    const std::string shown = shown_value(*run.live, values_).text;
    const std::string other = shown_value(*run.live, supposed).text;
    if (shown == other) return;
    fail(run.line,
         "{" + run.text + "} in the explanation is " + shown +
             ", as the step's scene has it, and " + other +
             " in the scene that the question supposes; write the number that is meant, or "
             "state it, {" +
             run.text + " = " + shown + "}");
  }

  void fail(int line, const std::string& failure) {
    check_.failures.push_back("\"" + lesson_.name + "\", step " + std::to_string(index_ + 1) +
                              " \"" + lesson_.steps[index_].title + "\", line " +
                              std::to_string(line) + ": " + failure);
  }

  void unchecked(const AcceptedAnswer& answer) {
    const bool single = answer.stated.numbers.size() == 1;
    check_.unchecked.push_back(
        {answer.line, (single ? "output.rows = " : "output.shape = ") + answer.stated.text});
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
    one.pointed(step.show);
    for (const TextBlock& block : step.blocks) {
      one.runs(block.runs);
      if (block.kind == TextBlockKind::kCode) one.code(block);
    }
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
