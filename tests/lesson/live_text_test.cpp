#include "app/lesson/live_text.h"

#include <gmock/gmock.h>

#include "app/lesson/step_values.h"
#include "tests/lesson/lessons.h"

namespace convscope::lesson {
namespace {

using testing::HasSubstr;

// Returns what is shown for live text on a scene.
std::string shown(std::string_view inside, const std::string& scene = "first-sum",
                  Index steps = 0) {
  Step step;
  const std::string text = "# L\n\n## S\n\n```scene\n" + scene +
                           "\n```\n\n```show\nsteps: " + std::to_string(steps) + "\n```\n\n{" +
                           std::string(inside) + "}\n";
  const Lesson lesson = lesson_of(text);
  const ShownValue value =
      shown_value(*lesson.steps[0].blocks[0].runs[0].live, values_of(lesson.steps[0]));
  return value.missing.empty() ? value.text : "— " + value.missing;
}

std::string wrong(std::string_view inside) {
  return error_text([&] { read_live_text(inside); });
}

TEST(LiveText, CellsRowsAndWholes) {
  EXPECT_EQ(shown("output[0,1]"), "25");
  EXPECT_EQ(shown("output[0, 0, 1, 0]"), "37");
  EXPECT_EQ(shown("output"), "[[19, 25], [37, 43]]");
  EXPECT_EQ(shown("output[1,:]"), "[37, 43]");
  EXPECT_EQ(shown("output[:,1]"), "[[25], [43]]");
  EXPECT_EQ(shown("output[1,:].sum"), "80");
  EXPECT_EQ(shown("weight[1,0]"), "2");
  EXPECT_EQ(shown("bias[0]"), "0");
  EXPECT_EQ(shown("kernel", "edge"), "[1, −1]");
}

TEST(LiveText, PropertiesOfTensors) {
  EXPECT_EQ(shown("input.shape"), "3 × 3");
  EXPECT_EQ(shown("output.nchw"), "[1, 1, 2, 2]");
  EXPECT_EQ(shown("kernel.sum"), "6");
  EXPECT_EQ(shown("output.min"), "19");
  EXPECT_EQ(shown("output.max"), "43");
  EXPECT_EQ(shown("output.mean"), "31");
  EXPECT_EQ(shown("output.count"), "4");
  EXPECT_EQ(shown("kernel.absolute_sum", "edge"), "2");
}

TEST(LiveText, ArithmeticAndFormulas) {
  EXPECT_EQ(shown("output[0,0].terms"), "0·0 + 1·1 + 3·2 + 4·3 = 19");
  EXPECT_EQ(shown("pooled[0,0].terms"), "max(19, 25, 37, 43) = 43");
  EXPECT_EQ(shown("output.rows_formula"), "⌊(3 + 2·0 − 2)/1⌋ + 1 = 2");
}

TEST(LiveText, LayersAndCosts) {
  EXPECT_EQ(shown("layer.parameters", "edge"), "3");
  EXPECT_EQ(shown("layer.macs", "edge"), "84") << "6 · 7 cells of 2 products";
  EXPECT_EQ(shown("layer2.output.shape", "two-layers"), "10 × 10");
  EXPECT_EQ(shown("layer2.parameters", "two-layers"), "19");
  EXPECT_EQ(shown("network.parameters", "two-layers"), "39");
  EXPECT_EQ(shown("network.layers", "two-layers"), "2");
  EXPECT_EQ(shown("output.receptive_field", "two-layers"), "3 × 3");
}

TEST(LiveText, Kernels) {
  EXPECT_EQ(shown("kernel.rank", "first-sum"), "2");
  EXPECT_EQ(shown("kernel.rank", "edge"), "1");
  EXPECT_EQ(shown("kernel.row_factor", "edge"), "[1, −1]");
  EXPECT_THAT(shown("kernel.row_factor", "first-sum"),
              HasSubstr("is not separable, its rank is 2"));
  EXPECT_EQ(shown("operation", "edge"), "cross-correlation");
  EXPECT_EQ(shown("relu", "two-layers"), "on");
  EXPECT_EQ(shown("pooled[0,0].winner"), "(1, 1)");
  EXPECT_EQ(shown("layer2.output[0,0,0].channel_terms", "two-layers").substr(0, 1).empty(), false);
  EXPECT_EQ(shown("input.padded", "padding"), "7 × 9");
  EXPECT_EQ(shown("output.problem"), "none");
  EXPECT_EQ(shown("pool.parameters"), "0");
}

TEST(LiveText, LearningAfterSteps) {
  // The notebook's edges: λmax is 60 and the cliff 1/30.
  EXPECT_EQ(shown("learning.lambda_max", "learning-rates"), "60");
  EXPECT_EQ(shown("learning.cliff", "learning-rates"), "0.03333");
  EXPECT_EQ(shown("learning.best_rate", "learning-rates"), "0.02778");
  EXPECT_EQ(shown("learning.condition", "learning-rates"), "5");
  EXPECT_EQ(shown("learning.eigenvalues", "learning-rates"), "[60, 12]");
  EXPECT_EQ(shown("exact", "learning-rates"), "[1, −1]");
  EXPECT_EQ(shown("learning.step", "learning-rates", 4), "4");
  EXPECT_EQ(shown("learning.loss[0]", "learning-rates", 4),
            shown("learning.loss", "learning-rates"));
  EXPECT_NE(shown("learning.loss[0]", "learning-rates", 4),
            shown("learning.loss", "learning-rates", 4));
  EXPECT_EQ(shown("learning.loss[4]", "learning-rates", 4),
            shown("learning.loss", "learning-rates", 4));
  EXPECT_EQ(shown("learned[0,0]", "learning-rates"), "0.3");
  EXPECT_EQ(shown("learning.verdict", "learning-rates"), "oscillates while converging");
  EXPECT_THAT(shown("learning.loss[9]", "learning-rates", 4), HasSubstr("no loss of step 9"));
}

TEST(LiveText, WhatIsMissingSaysWhy) {
  EXPECT_EQ(shown("output[9,0]"), "— index 9 lies beyond its 2 × 2 values");
  EXPECT_EQ(shown("output[1]"), "— it has rows and columns, and one index names no cell");
  EXPECT_EQ(shown("layer2.stride"), "— the scene has 1 layer");
  EXPECT_THAT(shown("input", "two-layers"), HasSubstr("it has 24 × 24 values, and at most 64"));
  EXPECT_THAT(shown("output.shape", "same\n{\"kernel\": {\"weight\": [[1,1,1,1,1,1,1,1,1]]}}"),
              HasSubstr("does not fit"));
}

TEST(LiveText, StatedValues) {
  const LiveText live = read_live_text("output.shape = 2 × 2");
  EXPECT_EQ(live.stated->text, "2 × 2");
  const Lesson lesson = lesson_of(first_sum("{output[0,0] = 19} {output[0,1] = 24}"));
  const StepValues values = values_of(lesson.steps[0]);
  const std::vector<TextRun>& runs = lesson.steps[0].blocks[0].runs;
  EXPECT_TRUE(*shown_value(*runs[0].live, values).holds);
  EXPECT_FALSE(*shown_value(*runs[2].live, values).holds);
  EXPECT_EQ(shown_value(*runs[2].live, values).text, "25");
  EXPECT_EQ(text_with_stated(*runs[0].live, shown_value(*runs[0].live, values)), "19");
  EXPECT_EQ(text_with_stated(*runs[2].live, shown_value(*runs[2].live, values)), "25 (stated: 24)");
  EXPECT_EQ(failure_text(*runs[2].live, values), "output[0,1] is 25, and 24 is stated");
}

TEST(LiveText, UnknownNamesAreHelped) {
  EXPECT_EQ(wrong("ouput"), R"(there is no "ouput"; did you mean "output"?)");
  EXPECT_EQ(wrong("output.shpae"), R"(there is no "output.shpae"; did you mean "output.shape"?)");
  EXPECT_EQ(wrong("learning.los"), R"(there is no "los"; did you mean "loss"?)");
  EXPECT_EQ(wrong("layer2.ouput"), R"(there is no "ouput"; did you mean "output"?)");
  EXPECT_THAT(wrong("xylophone"), HasSubstr("; known are input, kernel, "));
  EXPECT_THAT(wrong("learning"),
              HasSubstr(R"("learning" alone says nothing; known are step, loss)"));
  EXPECT_THAT(wrong(""), HasSubstr("nothing is named"));
  EXPECT_THAT(wrong("layer2.learning.loss"), HasSubstr(R"(leave out "layer2.")"));
}

TEST(LiveText, WrongFormsSayWhatIsAccepted) {
  EXPECT_THAT(wrong("output[0"), HasSubstr("a bracket that is not closed"));
  EXPECT_THAT(wrong("output[a, 1]"), HasSubstr("whole numbers from 0"));
  EXPECT_THAT(wrong("output[0,0,0,0,0]"), HasSubstr("up to 4"));
  EXPECT_THAT(wrong("output.terms"), HasSubstr("names no cell; write output[0, 1].terms"));
  EXPECT_THAT(wrong("stride[0]"), HasSubstr("stride takes none"));
  EXPECT_THAT(wrong("learning.loss[:]"), HasSubstr("takes one, the step"));
  EXPECT_THAT(wrong("output.shape.sum"), HasSubstr("says too much"));
  EXPECT_THAT(wrong("kernel.sum = three"), HasSubstr("stated as \"three\", which is no number"));
  EXPECT_THAT(wrong("kernel.sum ="), HasSubstr("nothing is stated"));
}

}  // namespace
}  // namespace convscope::lesson
