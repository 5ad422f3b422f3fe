#include "app/lesson/shown_values.h"

#include <gmock/gmock.h>

#include "app/lesson/step_values.h"
#include "tests/lesson/lessons.h"

namespace convscope::lesson {
namespace {

TEST(ShownValues, ComputesAnewOnlyForNewResults) {
  const Lesson lesson = lesson_of(first_sum("{kernel.sum} {input.sum}"));
  const TextRun& sum = lesson.steps[0].blocks[0].runs[0];
  StepValues values = values_of(lesson.steps[0]);
  ShownValues shown;
  const ShownValue* first = &shown.of(sum, values);
  EXPECT_EQ(first->text, "6");
  EXPECT_EQ(&shown.of(sum, values), first) << "the same results";
  Step changed = lesson.steps[0];
  apply(changed.scene,
        *control_edit(changed.scene, *read_live_text("kernel[0, 0]: 0..9").control, 4));
  values = values_of(changed);
  EXPECT_EQ(shown.of(sum, values).text, "10");
  shown.clear();
  EXPECT_EQ(shown.of(sum, values_of(lesson.steps[0])).text, "6");
}

}  // namespace
}  // namespace convscope::lesson
