#include "app/lesson/plain_text.h"

#include <algorithm>
#include <filesystem>
#include <string>

#include "app/lesson/check_lesson.h"
#include "app/lesson/read_lesson.h"
#include "engine/core/error.h"
#include "tests/fuzz/target.h"
#include "tests/fuzz/work_folder.h"

// Lessons: each is read or refused, and what was read is checked, printed and played with.
namespace convscope::fuzz {
namespace {

using namespace lesson;

// The results of a step may take so much; larger ones take too long with sanitizers.
const StepLimits kLimits{{1e6, "a test"}, {1e5, "a test"}};

// Paths without a slash stay in the work folder. Texts that may have one are passed over.
bool may_leave_the_folder(std::string_view text) {
  return text.find('/') != text.npos || text.find("\\u002") != text.npos;
}

// Inputs of 999 x 999 take seconds with sanitizers, and random tensors of 99 x 99 x 99 x 99 too.
bool may_be_large(std::string_view text) {
  const std::size_t most = text.find("random") != text.npos ? 1 : 2;
  std::size_t digits = 0;
  return std::ranges::any_of(text, [&](char c) {
    digits = (c >= '0' && c <= '9') || c == 'e' || c == 'E' ? digits + 1 : 0;
    return digits > most + 1 || (digits > most && c != 'e' && c != 'E');
  });
}

void play(const Step& step, const StepValues& values) {
  for (const TextBlock& block : step.blocks) {
    for (const TextRun& run : block.runs) {
      if (!run.live) continue;
      require(!shown_value(*run.live, values).text.empty(), "live text shows something");
      if (!run.live->control) continue;
      for (const double value : {-1e9, 0.4, 1e9}) {
        Scene scene = step.scene;
        const std::optional<Edit> edit = control_edit(scene, *run.live->control, value);
        require(edit.has_value(), "what can be dragged can be set");
        apply(scene, *edit);
      }
    }
  }
  for (const Prediction& prediction : step.predictions)
    for (const AcceptedAnswer& answer : prediction.answers)
      require(is_right(prediction, answer.stated.text), "an accepted answer is right");
}

}  // namespace

void prepare() {
  enter_work_folder();
}

void fuzz_one(std::string_view input) {
  if (may_leave_the_folder(input) || may_be_large(input)) return;
  try {
    const Lesson read = parse_lesson(input, "lesson.md", std::filesystem::current_path());
    check_lesson(read, kLimits);
    for (std::size_t i = 0; i < read.steps.size(); ++i) {
      const StepValues values = values_of(read.steps[i], kLimits);
      plain_step(read, i, values);
      play(read.steps[i], values);
    }
  } catch (const Error&) {
  }
}

}  // namespace convscope::fuzz
