// What the worker does between an edit and a new output: 1080p, pooled by 2x2.
#include <benchmark/benchmark.h>

#include "app/session/scene_evaluation.h"
#include "tests/bench/names.h"
#include "tests/random_tensor.h"

namespace convscope::bench {
namespace {

Scene scene_of(const benchmark::State& state) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(random_tensor({1, 1, 1080, 1920}, 1));
  first_layer(scene).kernel.weight = random_tensor({1, 1, state.range(0), state.range(0)}, 2);
  return scene;
}

// As in the window: the results before are shown until the new ones are there.
template <typename Edit>
void evaluate_edits(benchmark::State& state, bool exact, const Edit& edit) {
  Scene scene = scene_of(state);
  SceneEvaluation evaluation;
  ResultsPtr shown;
  float value = 0.0f;
  for (auto _ : state) {
    state.PauseTiming();
    edit(scene, value += 0.001f);
    state.ResumeTiming();
    shown = *evaluation.evaluate(scene, exact, {});
  }
}

void drag_weight(Scene& scene, float value) {
  first_layer(scene).kernel.weight.at(1, 2) = value;
}

void BM_WholeEvaluation(benchmark::State& state) {
  evaluate_edits(state, true, drag_weight);
}

void BM_OneWeight(benchmark::State& state) {
  evaluate_edits(state, false, drag_weight);
}

void BM_BrushStroke(benchmark::State& state) {
  evaluate_edits(state, false, [](Scene& scene, float value) {
    Tensor input = *scene.input.tensor;
    const Index x = 700 + static_cast<Index>(value * 1000.0f) % 400;
    for (Index y = 500; y < 516; ++y)
      input.at(y, x) = value;
    scene.input.tensor = {std::make_shared<const Tensor>(std::move(input)),
                          scene.input.tensor.revision().followed_by({500, x, 516, x + 1})};
  });
}

BENCHMARK(BM_WholeEvaluation)->Arg(7)->Arg(31)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(BM_OneWeight)->Arg(7)->Arg(31)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(BM_BrushStroke)->Arg(7)->Arg(31)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace convscope::bench
