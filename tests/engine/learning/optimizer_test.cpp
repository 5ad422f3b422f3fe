#include "engine/learning/optimizer.h"

#include "engine/core/error.h"
#include "tests/engine/fixture.h"
#include "tests/engine/testing.h"

namespace convscope::engine {
namespace {

// Runs that PyTorch 1.13 recorded (fixtures/make_optimizer_fixtures.py).
class RecordedRun : public testing::TestWithParam<FixtureCase> {};

LearningProblem problem_of(const nlohmann::json& json) {
  const bool mean = json.at("reduction") == "mean";
  return {fixture_tensor(json.at("input")),
          fixture_tensor(json.at("target")),
          {},
          mean ? Reduction::kMean : Reduction::kSum};
}

Parameters start_of(const nlohmann::json& json) {
  return {fixture_tensor(json.at("weight")), json.value("bias", std::vector<float>{})};
}

TEST_P(RecordedRun, EveryStepIsPyTorchs) {
  const nlohmann::json& json = GetParam().json;
  const LearningProblem problem = problem_of(json);
  KernelLearner learner(problem, start_of(json));
  Optimizer optimizer(optimizer_kind(json.at("kind").get<std::string>()));
  for (const nlohmann::json& expected : json.at("steps")) {
    const auto loss = expected.at("loss").get<double>();
    EXPECT_NEAR(learner.loss(), loss, 2e-6 * loss) << "step " << optimizer.steps();
    ASSERT_EQ(step(learner, optimizer, json.at("rate").get<double>()), StepOutcome::kStepped);
    const Tensor weight(learner.weight().shape(), expected.at("weight").get<std::vector<float>>());
    EXPECT_LT(difference(learner.weight(), weight), 2e-6) << "step " << optimizer.steps();
    const auto bias = expected.value("bias", std::vector<float>{});
    EXPECT_THAT(learner.parameters().bias, testing::Pointwise(testing::FloatNear(2e-6f), bias));
  }
}

INSTANTIATE_TEST_SUITE_P(Torch, RecordedRun, testing::ValuesIn(load_fixture("optimizer.json")),
                         [](const auto& run) { return run.param.name; });

class EveryOptimizer : public testing::TestWithParam<OptimizerKind> {};

LearningProblem several_channels() {
  return {random_tensor({2, 2, 8, 9}, 1), random_tensor({2, 3, 6, 7}, 2), {}, Reduction::kMean};
}

Parameters random_start() {
  return {random_tensor({3, 2, 3, 3}, 3), {0.1f, 0.2f, 0.3f}};
}

TEST_P(EveryOptimizer, ACopyContinuesToTheSameBits) {
  const LearningProblem problem = several_channels();
  KernelLearner learner(problem, random_start());
  Optimizer optimizer(GetParam());
  for (int i = 0; i < 7; ++i)
    ASSERT_EQ(step(learner, optimizer, 0.01), StepOutcome::kStepped);
  const Optimizer kept = optimizer;
  const Parameters parameters = learner.parameters();
  for (int i = 0; i < 9; ++i)
    ASSERT_EQ(step(learner, optimizer, 0.01), StepOutcome::kStepped);

  KernelLearner resumed(problem, parameters);
  Optimizer copy = kept;
  for (int i = 0; i < 9; ++i)
    ASSERT_EQ(step(resumed, copy, 0.01), StepOutcome::kStepped);
  EXPECT_EQ(resumed.parameters(), learner.parameters());
  EXPECT_EQ(resumed.loss(), learner.loss());
  EXPECT_EQ(copy, optimizer);
}

TEST_P(EveryOptimizer, LowersTheLoss) {
  const LearningProblem problem = several_channels();
  KernelLearner learner(problem, random_start());
  const double before = learner.loss();
  Optimizer optimizer(GetParam());
  for (int i = 0; i < 60; ++i)
    ASSERT_EQ(step(learner, optimizer, 0.02), StepOutcome::kStepped);
  EXPECT_LT(learner.loss(), 0.8 * before);
}

TEST_P(EveryOptimizer, IsAsBeforeWhereNothingWasStepped) {
  const LearningProblem problem = several_channels();
  KernelLearner learner(problem, random_start());
  Optimizer optimizer(GetParam());
  ASSERT_EQ(step(learner, optimizer, 0.01), StepOutcome::kStepped);
  const Optimizer kept = optimizer;
  std::stop_source source;
  source.request_stop();
  EXPECT_EQ(step(learner, optimizer, 0.01, source.get_token()), StepOutcome::kStopped);
  EXPECT_EQ(optimizer, kept);
  EXPECT_EQ(step(learner, optimizer, 3e38), StepOutcome::kDiverged);
  EXPECT_EQ(optimizer, kept);
}

TEST_P(EveryOptimizer, IsFoundByItsName) {
  EXPECT_EQ(optimizer_kind(name(GetParam())), GetParam());
}

INSTANTIATE_TEST_SUITE_P(Kinds, EveryOptimizer,
                         testing::Values(OptimizerKind::kSgd, OptimizerKind::kMomentum,
                                         OptimizerKind::kNesterov, OptimizerKind::kAdam),
                         [](const auto& kind) { return name(kind.param); });

TEST(Optimizer, SgdIsTheLearnersOwnStep) {
  const LearningProblem problem = several_channels();
  KernelLearner a(problem, random_start());
  KernelLearner b(problem, random_start());
  Optimizer optimizer;
  for (int i = 0; i < 20; ++i) {
    ASSERT_EQ(a.step(0.03f), StepOutcome::kStepped);
    ASSERT_EQ(step(b, optimizer, 0.03), StepOutcome::kStepped);
  }
  EXPECT_EQ(a.parameters(), b.parameters());
}

TEST(Optimizer, AnUnknownNameIsRefused) {
  EXPECT_THROW(optimizer_kind("rmsprop"), Error);
  EXPECT_THROW(optimizer_kind(""), Error);
}

}  // namespace
}  // namespace convscope::engine
