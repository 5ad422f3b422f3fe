#include "app/session/gradient_explainer.h"

#include <gtest/gtest.h>

#include "tests/engine/testing.h"

namespace convscope::session {
namespace {

// The start of a run that learns a kernel from noise.
TrainingSnapshot start_of(Yx size) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(random_tensor({1, 1, size.y, size.x}, 1));
  return snapshot_of(*TrainingRun::begin(training_setup(scene), {}), false);
}

double expected(const TrainingSnapshot& s, const WeightPlace& place) {
  return explain_gradient(*s.problem, *s.error, s.gradient.shape(), place).value();
}

TEST(GradientExplainer, SumsASmallErrorAtOnce) {
  GradientExplainer explainer([] {});
  const TrainingSnapshot snapshot = start_of({9, 8});
  for (const WeightPlace place : {WeightPlace{0, 0, 0, 1}, WeightPlace{0, 0, 0, 0}}) {
    const GradientSum* sum = explainer.sum(snapshot, place);
    ASSERT_NE(sum, nullptr);
    EXPECT_EQ(sum->value(), expected(snapshot, place));
    EXPECT_NEAR(sum->value(), snapshot.gradient.at(0, place.x), 1e-4);
  }
}

TEST(GradientExplainer, SumsALargeOneOnAThreadOfItsOwn) {
  GradientExplainer explainer([] {});
  const TrainingSnapshot snapshot = start_of({400, 300});
  const WeightPlace first{0, 0, 0, 0}, second{0, 0, 0, 1};
  explainer.sum(snapshot, first);
  explainer.wait();
  ASSERT_NE(explainer.sum(snapshot, first), nullptr);
  EXPECT_EQ(explainer.sum(snapshot, first)->value(), expected(snapshot, first));
  // Of another weight nothing is told before it is known.
  EXPECT_EQ(explainer.sum(snapshot, second), nullptr);
  explainer.wait();
  ASSERT_NE(explainer.sum(snapshot, second), nullptr);
  EXPECT_EQ(explainer.sum(snapshot, second)->value(), expected(snapshot, second));
}

TEST(GradientExplainer, LetsGoOfWhatIsNotAskedForAnyMore) {
  GradientExplainer explainer([] {});
  std::weak_ptr<const Tensor> error;
  {
    const TrainingSnapshot snapshot = start_of({9, 8});
    error = snapshot.error.shared();
    for (int frame = 0; frame < 3; ++frame) {
      EXPECT_NE(explainer.sum(snapshot, {}), nullptr);
      explainer.end_frame();
    }
  }
  EXPECT_FALSE(error.expired());
  explainer.end_frame();
  EXPECT_TRUE(error.expired());
}

}  // namespace
}  // namespace convscope::session
