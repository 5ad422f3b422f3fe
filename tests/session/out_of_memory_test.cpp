// Each allocation of what is computed off the thread that draws fails once: the program goes on.
#include <gtest/gtest.h>

#include <atomic>
#include <new>

#include "app/scene/layer_presets.h"
#include "app/session/evaluator.h"
#include "app/session/trainer.h"
#include "tests/watched_new.h"

namespace {

// Allocations of other threads than this one that still succeed; below 0 all do.
std::atomic<long> left{-1};
std::atomic<bool> failed{false};
thread_local bool spared = false;

}  // namespace

void convscope::before_allocation(std::size_t) {
  if (spared || left < 0 || left.fetch_sub(1) != 0) return;
  failed = true;
  throw std::bad_alloc();
}

namespace convscope::session {
namespace {

Scene scene_with_a_chain() {
  Scene scene = default_scene();
  first_layer(scene).relu = true;
  scene.layers.resize(2);
  convolution(scene.layers[1]).kernel.weight = Tensor::from_rows({{1.0f}});
  convolution(scene.layers[1]).relu = true;
  scene.learning.bias = true;
  scene.learning.compared = {{OptimizerKind::kAdam, 0.01f}};
  return scene;
}

// Calls `work` with the first, the second ... allocation of other threads failing, until none does.
template <typename Work>
void fail_each(const Work& work) {
  spared = true;
  constexpr long kMax = 100'000;
  for (long i = 0; i < kMax; i += 1 + i / 100) {  // one in a while of the later ones
    failed = false;
    left = i;
    work();
    left = -1;
    if (!failed) return;
  }
  FAIL() << "more than " << kMax << " allocations";
}

TEST(OutOfMemory, AnEvaluationGivesResultsOrKeepsTheOldOnes) {
  const Scene scene = scene_with_a_chain();
  fail_each([&] {
    Evaluator evaluator([] {});
    evaluator.submit(scene);
    evaluator.wait();
    left = -1;
    if (const ResultsPtr results = evaluator.results()) {
      EXPECT_TRUE(results->layers[0].output || !results->layers[0].output_error.empty());
      ASSERT_EQ(results->layers.size(), 2u);
      EXPECT_TRUE(results->layers[1].output || !results->layers[1].output_error.empty());
    }
    evaluator.submit(scene);
    evaluator.wait();
    ASSERT_TRUE(evaluator.results() && evaluator.results()->layers[0].output);
    EXPECT_TRUE(evaluator.results()->layers[1].output);
  });
}

TEST(OutOfMemory, ATrainerGoesOnOrSaysThatThereIsNoMemory) {
  const Scene scene = scene_with_a_chain();
  fail_each([&] {
    Trainer trainer([] {});
    trainer.submit(scene);
    trainer.step();
    trainer.step();
    trainer.wait();
    trainer.seek(1);
    trainer.want_prediction(true);
    trainer.wait();
    left = -1;
    const TrainingSnapshotPtr before = trainer.snapshot();
    if (failed && before && before->target == nullptr) {
      EXPECT_EQ(before->message,
                "There is not enough memory to learn on this input; take a smaller picture.");
    }
    trainer.reset();
    trainer.step();
    trainer.wait();
    ASSERT_TRUE(trainer.snapshot());
    EXPECT_EQ(trainer.snapshot()->step, 1) << trainer.snapshot()->message;
  });
}

}  // namespace
}  // namespace convscope::session
