#include "app/session/training_run.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "tests/session/training_runs.h"

namespace convscope::session {
namespace {

class EveryOptimizer : public testing::TestWithParam<OptimizerKind> {};

TEST_P(EveryOptimizer, AfterGoingBackTheRunGoesOnToTheSameBits) {
  const auto run = run_of(noise_scene(GetParam()));
  for (int i = 0; i < 40; ++i)
    run->step(i < 15 ? 0.004f : 0.002f);
  const Parameters last = run->learner()->parameters();
  run->seek(15);
  EXPECT_EQ(run->step_count(), 15);
  EXPECT_EQ(run->history().size(), 41u) << "what came after can still be looked at";
  for (int i = 15; i < 40; ++i)
    run->step(0.002f);
  EXPECT_EQ(run->step_count(), 40);
  EXPECT_EQ(run->learner()->parameters(), last);
  EXPECT_EQ(run->history().size(), 41u);
}

INSTANTIATE_TEST_SUITE_P(TrainingRun, EveryOptimizer,
                         testing::Values(OptimizerKind::kSgd, OptimizerKind::kMomentum,
                                         OptimizerKind::kNesterov, OptimizerKind::kAdam));

TEST(TrainingRun, AStepOnAfterGoingBackForgetsTheOldFuture) {
  const auto run = run_of(noise_scene(OptimizerKind::kSgd));
  for (int i = 0; i < 20; ++i)
    run->step(0.004f);
  run->seek(5);
  run->step(0.001f);
  EXPECT_EQ(run->step_count(), 6);
  EXPECT_EQ(run->history().back().step, 6);
  EXPECT_EQ(run->keyframes().back()->step, 6);
}

TEST(TrainingRun, MemoryStaysBoundedOverAMillionSteps) {
  Scene scene = default_scene();
  scene.learning.optimizer = OptimizerKind::kAdam;
  const auto run = run_of(scene);
  std::size_t most_frames = 0, most_points = 0;
  for (int i = 0; i < 1000000; ++i) {
    run->step(i % 50000 < 25000 ? 0.001f : 0.002f);
    most_frames = std::max(most_frames, run->keyframes().size());
    most_points = std::max(most_points, run->history().size());
  }
  EXPECT_EQ(run->step_count(), 1000000);
  EXPECT_LE(most_frames, 512u);
  EXPECT_LE(most_points, 4097u);
  EXPECT_GE(run->keyframes().size(), 128u);
  EXPECT_EQ(run->keyframes().front()->step, 0);
  EXPECT_EQ(run->history().front().step, 0);
  EXPECT_EQ(run->history().back().step, 1000000);
}

TEST(TrainingRun, EveryStepCanBeGoneBackToAlsoBetweenKeyframes) {
  const auto run = run_of(noise_scene(OptimizerKind::kAdam));
  const auto rate_of = [](Index step) { return step % 700 < 300 ? 0.003f : 0.001f; };
  constexpr Index kStep = 2713;
  Parameters then, last;
  for (Index i = 0; i < 4000; ++i) {
    run->step(rate_of(i));
    if (run->step_count() == kStep) then = run->learner()->parameters();
  }
  last = run->learner()->parameters();
  ASSERT_LT(run->keyframes().size(), 4000u) << "some states are not kept";
  run->seek(kStep);
  EXPECT_EQ(run->step_count(), kStep);
  EXPECT_EQ(run->learner()->parameters(), then);
  for (Index i = kStep; i < 4000; ++i)
    run->step(rate_of(i));
  EXPECT_EQ(run->learner()->parameters(), last) << "to the bit";
}

TEST(TrainingRun, KeyframesStayWithinTheirBytes) {
  const Scene scene = noise_scene(OptimizerKind::kAdam);
  const TrainingSetup setup = training_setup(scene);
  const TrainingProblemPtr problem = make_training_problem(setup.data, {});
  const std::size_t values = 3 * 6;  // weights, and Adam's means of each
  const std::size_t frame = sizeof(Keyframe) + values * sizeof(float);
  TrainingRun few(problem, setup, 20 * frame);
  TrainingRun none(problem, setup, 0);
  TrainingRun all(problem, setup);
  for (int i = 0; i < 400; ++i) {
    for (TrainingRun* run : {&few, &none, &all})
      run->step(0.003f);
    ASSERT_LE(few.keyframes().size(), 20u);
    ASSERT_EQ(none.keyframes().size(), 1u);
  }
  EXPECT_GE(few.keyframes().size(), 10u);
  EXPECT_EQ(all.keyframes().size(), 401u);
  for (const KeyframePtr& frame_of : few.keyframes())
    EXPECT_EQ(frame_of->parameters,
              all.keyframes()[static_cast<std::size_t>(frame_of->step)]->parameters);
  for (TrainingRun* run : {&few, &none}) {
    run->seek(333);
    EXPECT_EQ(run->step_count(), 333);
    EXPECT_EQ(run->learner()->parameters(), all.keyframes()[333]->parameters);
  }
}

TEST(TrainingRun, GoingElsewhereCanBeStoppedAndTellsHowFarItIs) {
  const TrainingSetup setup = training_setup(noise_scene(OptimizerKind::kMomentum));
  const TrainingProblemPtr problem = make_training_problem(setup.data, {});
  TrainingRun run(problem, setup, 0);
  TrainingRun all(problem, setup);
  for (int i = 0; i < 200; ++i) {
    run.step(0.001f);
    all.step(0.001f);
  }
  run.seek(0);
  std::stop_source source;
  double share = 0.0;
  run.seek(150, source.get_token(), [&](double now) {
    EXPECT_GT(now, share);
    share = now;
    if (now >= 0.4) source.request_stop();
  });
  EXPECT_EQ(run.step_count(), 60) << "it stays where it has come to";
  EXPECT_EQ(run.learner()->parameters(), all.keyframes()[60]->parameters);
  EXPECT_EQ(run.last_step(), 200);
  share = 0.0;
  run.seek(150, {}, [&](double now) { share = now; });
  EXPECT_EQ(share, 1.0);
  EXPECT_EQ(run.learner()->parameters(), all.keyframes()[150]->parameters);
}

TEST(TrainingRun, EveryStepTellsItsDistanceToTheExactAnswerHoweverLateThatIsKnown) {
  const Scene scene = noise_scene(OptimizerKind::kAdam);
  const auto run = run_of(scene);
  run->analyse();
  const auto late = run_of(scene);
  for (int i = 0; i < 900; ++i) {
    run->step(0.003f);
    late->step(0.003f);
  }
  EXPECT_TRUE(std::isnan(late->history()[7].distance));
  EXPECT_FALSE(late->wants_distances());
  late->analyse();
  EXPECT_TRUE(late->wants_distances());
  std::stop_source stopped;
  stopped.request_stop();
  late->fill_distances(stopped.get_token());
  EXPECT_TRUE(late->wants_distances());
  late->fill_distances();
  EXPECT_FALSE(late->wants_distances());
  EXPECT_EQ(late->step_count(), 900);
  ASSERT_EQ(run->history().size(), 901u);
  for (std::size_t i = 0; i < run->history().size(); ++i)
    ASSERT_EQ(late->history()[i].distance, run->history()[i].distance) << i;
  // The hidden kernel is the exact answer.
  for (const std::size_t i : {0u, 512u, 900u}) {
    run->seek(static_cast<Index>(i));
    double square = 0.0;
    for (std::size_t k = 0; k < 6; ++k) {
      const double d = static_cast<double>(run->learner()->weight().values()[k]) -
                       static_cast<double>(scene.learning.hidden.values()[k]);
      square += d * d;
    }
    EXPECT_NEAR(run->history()[i].distance, std::sqrt(square), 1e-5);
  }
}

// Of the first half only the states that were kept can be reached.
TEST(TrainingRun, DistancesAreFilledWhereARateOrAStateIsKnown) {
  const Scene scene = noise_scene(OptimizerKind::kMomentum);
  const auto run = run_of(scene);
  run->analyse();
  const auto late = run_of(scene);
  constexpr Index kSteps = 6000;
  for (Index i = 0; i < kSteps; ++i) {
    const float rate = 0.001f + 1e-7f * static_cast<float>(i);
    run->step(rate);
    late->step(rate);
  }
  late->analyse();
  late->fill_distances();
  EXPECT_FALSE(late->wants_distances());
  std::size_t unknown = 0;
  for (std::size_t i = 0; i < late->history().size(); ++i) {
    const LossPoint& point = late->history()[i];
    if (std::isnan(point.distance)) {
      ++unknown;
      EXPECT_LT(point.step, kSteps / 2);
    } else {
      EXPECT_EQ(point.distance, run->history()[i].distance) << "at step " << point.step;
    }
  }
  EXPECT_GT(unknown, 0u) << "some rates were forgotten";
  for (const KeyframePtr& frame : late->keyframes()) {
    const auto point = std::ranges::lower_bound(late->history(), frame->step, {}, &LossPoint::step);
    ASSERT_EQ(point->step, frame->step);
    EXPECT_FALSE(std::isnan(point->distance)) << "at step " << frame->step;
  }
}

TEST(TrainingRun, ARateThatChangesInEveryStepIsForgottenInTheEnd) {
  const auto run = run_of(noise_scene(OptimizerKind::kSgd));
  for (Index i = 0; i < 20000; ++i)
    run->step(0.001f + 1e-7f * static_cast<float>(i % 1000));
  run->seek(11);  // only a keyframe tells of it
  EXPECT_LE(run->step_count(), 11);
  run->seek(19999);
  EXPECT_EQ(run->step_count(), 19999);
}

TEST(TrainingRun, AfterDivergenceAllFiguresAreOfOneStep) {
  const auto run = run_of(default_scene());
  for (int i = 0; i < 50; ++i)
    run->step(100.0f);
  EXPECT_TRUE(run->diverged());
  EXPECT_EQ(run->history().back().step, run->step_count());
  EXPECT_EQ(run->history().back().loss, run->loss());
  EXPECT_NE(run->message().find("after step " + std::to_string(run->step_count())),
            std::string::npos);
}

}  // namespace
}  // namespace convscope::session
