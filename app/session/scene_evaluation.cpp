#include "app/session/scene_evaluation.h"

#include <algorithm>
#include <chrono>
#include <new>
#include <utility>
#include <variant>
#include <vector>

namespace convscope::session {
namespace {

// Returns the values that the layer passes on to the next one, [N, C', H', W']; null if it has
// none.
TensorPtr passed_on(const ConvolutionLayer& layer, const LayerResults& results) {
  return layer.pooled ? pooled_values(results) : results.activated;
}

LayerResults without_input() {
  LayerResults none;
  none.output_error = "the layer before it gives no output";
  return none;
}

// Returns results without values for the case that memory is missing outside of the layers' own
// evaluation, for example for the copy of a large weight.
Results without_memory(const Scene& scene) {
  Results results;
  results.scene = scene;
  results.layers.assign(scene.layers.size(), without_input());
  LayerResults& first = results.layers.front();
  first.input = scene.input.tensor;
  first.output_error = kNoMemory;
  first.pooled_error = kNothingToPool;
  return results;
}

}  // namespace

std::optional<LayerResults> SceneEvaluation::layer(const Scene& scene, std::size_t index,
                                                   const TensorPtr& input,
                                                   const TooLarge& too_large, bool exact,
                                                   const std::stop_token& stop) {
  const bool known = last_ && index < last_->layers.size();
  const auto evaluate = [&]<typename Kind>(const Kind& kind) {
    const Kind* kind_before = known ? std::get_if<Kind>(&last_->scene.layers[index].kind) : nullptr;
    const LayerResults* before = kind_before != nullptr ? &last_->layers[index] : nullptr;
    return evaluations_[index].evaluate(kind, input, too_large, before, kind_before, exact, stop);
  };
  return std::visit(evaluate, scene.layers[index].kind);
}

std::optional<Results> SceneEvaluation::layers(const Scene& scene, bool exact,
                                               const std::stop_token& stop) {
  while (evaluations_.size() < scene.layers.size())
    evaluations_.emplace_back(evaluations_.empty());
  while (evaluations_.size() > scene.layers.size())
    evaluations_.pop_back();
  const std::vector<TooLarge> too_large = too_large_results(scene, limit_);
  Results results;
  results.scene = scene;
  TensorPtr input = scene.input.tensor;
  for (std::size_t i = 0; i < scene.layers.size(); ++i) {
    if (!input) {
      results.layers.push_back(without_input());
      continue;
    }
    std::optional<LayerResults> next = layer(scene, i, input, too_large[i], exact, stop);
    if (!next) return std::nullopt;
    input =
        std::visit([&](const auto& kind) { return passed_on(kind, *next); }, scene.layers[i].kind);
    results.layers.push_back(std::move(*next));
  }
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
    results = without_memory(scene);
  }
  if (!results) return std::nullopt;
  results->milliseconds =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
  last_ = std::make_shared<const Results>(std::move(*results));
  return last_;
}

std::optional<ResultsPtr> SceneEvaluation::refine(const std::stop_token& stop) {
  if (!last_) return std::nullopt;
  if (std::ranges::all_of(last_->layers, &LayerResults::exact)) return std::nullopt;
  const ResultsPtr last = last_;  // keeps the scene alive while it is replaced
  return evaluate(last->scene, true, stop);
}

}  // namespace convscope::session
