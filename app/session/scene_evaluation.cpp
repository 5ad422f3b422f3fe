#include "app/session/scene_evaluation.h"

#include <algorithm>
#include <chrono>
#include <new>
#include <utility>
#include <vector>

namespace convscope {
namespace {

Layer first_layer(const Scene& scene) {
  return {scene.kernel, scene.conv, scene.pool.relu, &scene.pool};
}

Layer chained_layer(const LayerScene& layer) {
  return {layer.kernel, layer.conv, layer.relu, layer.pooled ? &layer.pool : nullptr};
}

// What the layer gives to the next one, or what it pools; null where it gives nothing.
TensorPtr passed_on(const LayerResults& results, bool pooled) {
  return pooled ? pooled_values(results) : results.activated;
}

}  // namespace

bool SceneEvaluation::chain(const Scene& scene, const std::vector<TooLarge>& too_large,
                            Results& results, bool exact, const std::stop_token& stop) {
  const Results* previous = last_.get();
  TensorPtr input = passed_on(results, true);
  while (chain_.size() < scene.chain.size())
    chain_.emplace_back(false);
  while (chain_.size() > scene.chain.size())
    chain_.pop_back();
  for (std::size_t i = 0; i < scene.chain.size(); ++i) {
    const LayerScene& layer = scene.chain[i];
    if (!input) {
      LayerResults none;
      none.output_error = "the layer before it gives no output";
      results.chain.push_back(std::move(none));
      continue;
    }
    const bool known = previous != nullptr && i < previous->chain.size();
    const LayerResults* before = known ? &previous->chain[i] : nullptr;
    const std::optional<Layer> layer_before =
        known ? std::optional<Layer>(chained_layer(previous->scene.chain[i])) : std::nullopt;
    std::optional<LayerResults> next =
        chain_[i].evaluate(chained_layer(layer), input, too_large[i + 1], before,
                           layer_before ? &*layer_before : nullptr, exact, stop);
    if (!next) return false;
    input = passed_on(*next, layer.pooled);
    results.chain.push_back(std::move(*next));
  }
  return true;
}

// Where there was no memory for what is around the layers' values: of a large weight for example.
std::optional<Results> SceneEvaluation::nothing(const Scene& scene, const std::stop_token& stop) {
  Results results;
  results.input = scene.input.tensor;
  results.output_error = kNoMemory;
  results.pooled_error = kNothingToPool;
  results.scene = scene;
  if (!chain(scene, {}, results, false, stop)) return std::nullopt;
  return results;
}

std::optional<Results> SceneEvaluation::layers(const Scene& scene, bool exact,
                                               const std::stop_token& stop) {
  const std::optional<Layer> layer_before =
      last_ ? std::optional<Layer>(first_layer(last_->scene)) : std::nullopt;
  const std::vector<TooLarge> too_large = too_large_results(scene, limit_);
  std::optional<LayerResults> first =
      first_.evaluate(first_layer(scene), scene.input.tensor, too_large[0], last_.get(),
                      layer_before ? &*layer_before : nullptr, exact, stop);
  if (!first) return std::nullopt;
  Results results;
  static_cast<LayerResults&>(results) = std::move(*first);
  results.scene = scene;
  if (!chain(scene, too_large, results, exact, stop)) return std::nullopt;
  return results;
}

std::optional<ResultsPtr> SceneEvaluation::evaluate(const Scene& scene, bool exact,
                                                    const std::stop_token& stop) {
  const auto begin = std::chrono::steady_clock::now();
  std::optional<Results> results;
  try {
    results = layers(scene, exact, stop);
  } catch (const std::bad_alloc&) {
    last_.reset();
    results = nothing(scene, stop);
  }
  if (!results) return std::nullopt;
  results->milliseconds =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
  last_ = std::make_shared<const Results>(std::move(*results));
  return last_;
}

std::optional<ResultsPtr> SceneEvaluation::refine(const std::stop_token& stop) {
  if (!last_) return std::nullopt;
  const bool exact = last_->exact && std::ranges::all_of(last_->chain, &LayerResults::exact);
  if (exact) return std::nullopt;
  const ResultsPtr last = last_;  // the scene stays while it is replaced
  return evaluate(last->scene, true, stop);
}

}  // namespace convscope
