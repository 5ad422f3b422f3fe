// Going back to a step between the states that are kept: the steps are taken again.
#include <gtest/gtest.h>

#include "tests/session/trainer_fixture.h"

namespace convscope::session {
namespace {

constexpr Index kSteps = 300;
constexpr float kRate = 1e-3f;

// Keeps no state but the start, and tells of every replay at its first step, where it is held.
class Replay : public testing::Test {
 protected:
  Replay() {
    trainer_->submit(with_rate(kRate));
    for (Index i = 0; i < kSteps; ++i)
      trainer_->step();
    trainer_->wait();
  }

  // The weight of one thread that has taken so many steps and no more.
  static Tensor weight_after(Index steps) {
    TrainingRun run(make_training_problem(training_setup(with_rate(kRate)).data, {}),
                    training_setup(with_rate(kRate)));
    for (Index i = 0; i < steps; ++i)
      run.step(kRate);
    return run.learner()->weight();
  }
  void expect_at(Index step) {
    EXPECT_EQ(trainer_->snapshot()->step, step);
    EXPECT_EQ(trainer_->snapshot()->weight, weight_after(step)) << "to the bit";
    EXPECT_EQ(trainer_->snapshot()->history.size(), static_cast<std::size_t>(kSteps) + 1);
    EXPECT_EQ(trainer_->progress().work, TrainingProgress::Work::kNone);
  }

  HeldTrainer trainer_{
      [](const Trainer& t) { return t.progress().work == TrainingProgress::Work::kReplay; },
      {.keyframe_bytes = 0, .replay_patience = std::chrono::milliseconds(0)}};
};

TEST_F(Replay, TellsHowFarItIsAndComesToTheSameBits) {
  expect_at(kSteps);
  trainer_->seek(200);
  ASSERT_TRUE(trainer_.held());
  EXPECT_EQ(trainer_->progress().work, TrainingProgress::Work::kReplay);
  EXPECT_LT(trainer_->progress().share, 1.0);
  trainer_.go_on();
  trainer_->wait();
  expect_at(200);
}

TEST_F(Replay, CanBeCancelled) {
  trainer_->seek(200);
  ASSERT_TRUE(trainer_.held());
  trainer_->cancel();
  trainer_.go_on();
  trainer_->wait();
  expect_at(1);  // where it was
}

TEST_F(Replay, OfACancelledStepIsMadeWhereThatIsSoughtAgain) {
  trainer_->seek(200);
  ASSERT_TRUE(trainer_.held());
  trainer_->cancel();
  trainer_->seek(200);
  trainer_.go_on(2);
  trainer_->wait();
  expect_at(200);
}

TEST_F(Replay, OfTheNewestStepWins) {
  trainer_->seek(200);
  ASSERT_TRUE(trainer_.held());
  trainer_->seek(150);
  trainer_->seek(100);
  trainer_.go_on(2);
  trainer_->wait();
  expect_at(100);
}

TEST_F(Replay, IsNotBegunAgainWhereItsStepIsSoughtAgain) {
  trainer_->seek(200);
  ASSERT_TRUE(trainer_.held());
  trainer_->seek(200);
  trainer_.go_on();  // were it begun again, it would be held again
  trainer_->wait();
  expect_at(200);
}

}  // namespace
}  // namespace convscope::session
