#include "app/lesson/control.h"

#include <gmock/gmock.h>

#include "app/lesson/control_words.h"
#include "app/lesson/live_text.h"
#include "app/scene/scene.h"
#include "tests/error_text.h"

namespace convscope::lesson {
namespace {

using testing::HasSubstr;

Control control(std::string_view inside) {
  return *read_live_text(inside).control;
}

// Returns the default scene after the control was set.
Scene set(std::string_view inside, double value) {
  Scene scene = default_scene();
  apply(scene, *control_edit(scene, control(inside), value));
  return scene;
}

std::string wrong(std::string_view inside) {
  return error_text([&] { read_live_text(inside); });
}

TEST(LessonControl, DrivesTheScene) {
  EXPECT_EQ(first_layer(set("padding: 0..3", 2)).conv.padding, (Padding{2, 2, 2, 2}));
  EXPECT_EQ(first_layer(set("stride: 1..3", 2)).conv.stride, (Yx{2, 2}));
  EXPECT_EQ(first_layer(set("dilation: 1..3", 3)).conv.dilation, (Yx{3, 3}));
  EXPECT_EQ(first_layer(set("kernel.size: 1..5", 3)).kernel.weight.shape(), (Shape{1, 1, 3, 3}));
  EXPECT_EQ(first_layer(set("kernel.rows: 1..5", 2)).kernel.weight.shape(), (Shape{1, 1, 2, 2}));
  EXPECT_EQ(first_layer(set("kernel[0, 1]: -2..2", 0.5)).kernel.weight.at(0, 1), 0.5f);
  EXPECT_EQ(first_layer(set("kernel[0, 1]: -2..2", 0.5)).kernel.preset, "custom");
  EXPECT_EQ(first_layer(set("bias[0]: -1..1", 0.25)).kernel.bias[0], 0.25f);
  EXPECT_EQ(set("input[1, 2]: 0..9", 7).input.tensor->at(1, 2), 7.0f);
  EXPECT_EQ(set("learning.rate: 0.001..0.05", 0.01).learning.rate, 0.01f);
  EXPECT_EQ(set("learning.share: 0..2", 0.9).learning.share_of_cliff, 0.9f);
}

TEST(LessonControl, ThePoolsStrideFollowsItsWindow) {
  const Scene scene = set("pool.kernel: 1..4", 3);
  EXPECT_EQ(first_layer(scene).pool.options.kernel, (Yx{3, 3}));
  EXPECT_EQ(first_layer(scene).pool.options.stride, (Yx{3, 3}));
  EXPECT_EQ(first_layer(set("pool.stride: 1..4", 1)).pool.options.kernel, (Yx{2, 2}));
}

TEST(LessonControl, ThePoolHasPadding) {
  EXPECT_EQ(first_layer(set("pool.padding: 0..3", 1)).pool.options.padding, (Padding{1, 1, 1, 1}));
}

TEST(LessonControl, Choices) {
  EXPECT_TRUE(first_layer(set("pool.ceil_mode: off | on", 1)).pool.options.ceil_mode);
  EXPECT_FALSE(first_layer(set("pool.ceil_mode: off | on", 0)).pool.options.ceil_mode);
  const Scene scene = set("padding_mode: zeros | reflect", 1);
  EXPECT_EQ(first_layer(scene).conv.padding_mode, PaddingMode::kReflect);
  EXPECT_EQ(first_layer(set("padding_mode: zeros | reflect", 2)).conv.padding_mode,
            PaddingMode::kZeros)
      << "what is not offered is not taken";
  EXPECT_EQ(first_layer(set("pool.kind: max | avg", 1)).pool.options.kind, PoolKind::kAverage);
  EXPECT_TRUE(first_layer(set("operation: cross-correlation | convolution", 1)).kernel.turned);
  EXPECT_EQ(
      first_layer(set("operation: cross-correlation | convolution", 1)).kernel.weight.at(0, 0),
      -1.0f);
  EXPECT_TRUE(first_layer(set("relu: off | on", 1)).relu);
  EXPECT_EQ(set("learning.optimizer: sgd | adam", 3).learning.optimizer, OptimizerKind::kAdam);
}

TEST(LessonControl, StaysWithinItsRangeAndOnItsSteps) {
  EXPECT_EQ(first_layer(set("padding: 0..3", 9)).conv.padding.top, 3);
  EXPECT_EQ(first_layer(set("padding: 0..3", 1.6)).conv.padding.top, 2);
  EXPECT_EQ(first_layer(set("kernel[0,0]: -1..1 by 0.5", 0.3)).kernel.weight.at(0, 0), 0.5f);
  EXPECT_EQ(first_layer(set("kernel[0,0]: -1..1", -7)).kernel.weight.at(0, 0), -1.0f);
}

TEST(LessonControl, StatesWhereItStands) {
  const LiveText live = read_live_text("padding: 0..3 = 1");
  EXPECT_EQ(live.stated->numbers[0].value, 1);
  EXPECT_EQ(live.control->most, 3);
  EXPECT_EQ(control_value(default_scene(), *live.control), 0.0);
}

TEST(LessonControl, KnowsWhereItCanStand) {
  const Control rate = control("learning.rate: 0.03..0.1");
  EXPECT_TRUE(offers(rate, *control_value(default_scene(), rate))) << "0.03 as a float";
  EXPECT_FALSE(offers(rate, 0.02));
  const Control mode = control("padding_mode: reflect | circular");
  EXPECT_FALSE(offers(mode, 0.0));
  EXPECT_TRUE(offers(mode, 1.0));
  EXPECT_EQ(choice_text(mode, 1.0), "reflect");
}

TEST(LessonControl, AContinuedDragIsOneGesture) {
  const Scene scene = default_scene();
  EXPECT_FALSE(control_edit(scene, control("padding: 0..3"), 1)->continues);
  EXPECT_TRUE(control_edit(scene, control("padding: 0..3"), 1, true)->continues);
}

TEST(LessonControl, APlaceThatTheSceneLacksIsNotDragged) {
  const Scene scene = default_scene();
  EXPECT_FALSE(control_value(scene, control("layer2.padding: 0..3")));
  EXPECT_FALSE(control_edit(scene, control("kernel[5, 5]: 0..3"), 1));
  EXPECT_FALSE(control_edit(scene, control("bias[4]: 0..3"), 1));
}

TEST(LessonControl, WrongRangesSayWhatIsAccepted) {
  EXPECT_EQ(wrong("padding: 0..300"),
            "padding has the range \"0..300\"; it must be a range within 0..64, whole numbers such "
            "as 1..3");
  EXPECT_THAT(wrong("padding: 3..0"), HasSubstr("it must be a range within"));
  EXPECT_THAT(wrong("padding: 2"), HasSubstr("it must be a range within"));
  EXPECT_THAT(wrong("stride: 1..2 by 0.5"), HasSubstr("whole numbers"));
  EXPECT_THAT(wrong("padding_mode: zero"), HasSubstr(R"(did you mean "zeros"?)"));
  EXPECT_THAT(wrong("output.sum: 0..1"), HasSubstr("can't be dragged; controls are padding, "));
  EXPECT_THAT(wrong("kernel: 0..1"), HasSubstr("names no cell to drag; write kernel[0, 1]"));
}

// A control shows what it stands at, so that the vocabulary must have its name too.
TEST(LessonControl, EachIsAWordOfTheVocabularyAndChangesIt) {
  for (const ControlWord* word : control_words()) {
    const bool cell = word->name == "kernel" || word->name == "bias" || word->name == "input";
    const std::string name = std::string(word->name) + (word->name == "bias" ? "[0]"
                                                        : cell               ? "[0, 0]"
                                                                             : "");
    const bool choice = word->kind == ControlKind::kChoice;
    const bool share = word->name == "learning.momentum";  // which stays below 1
    const std::string range =
        choice  ? std::string(word->choices[0]) + "|" + std::string(word->choices[1])
        : share ? "0.25..0.5"
                : "1..2";
    const Control made = control(name + ": " + range);
    for (const double value : {choice ? 0.0 : share ? 0.5 : 2.0, share ? 0.25 : 1.0}) {
      Scene scene = default_scene();
      const std::optional<Edit> edit = control_edit(scene, made, value);
      ASSERT_TRUE(edit) << name;
      apply(scene, *edit);
      EXPECT_EQ(control_value(scene, made), value) << name;
    }
  }
}

}  // namespace
}  // namespace convscope::lesson
