#include "app/session/scene_evaluation.h"

#include <algorithm>
#include <chrono>
#include <new>
#include <utility>
#include <variant>
#include <vector>

namespace convscope {
namespace {

// What the layer passes on to the next one; null where it gives nothing.
TensorPtr passed_on(const ConvolutionLayer& layer, const LayerResults& results) {
  return layer.pooled ? pooled_values(results) : results.activated;
}

LayerResults without_input() {
  LayerResults none;
  none.output_error = "the layer before it gives no output";
  return none;
}

// Returns what the layer passes to the next one, or what it pools; null if it has no results.
TensorPtr passed_on(const LayerResults& results, bool pooled) {
  if (!pooled) return results.activated;
  return results.pooled ? TensorPtr(results.pooled, &results.pooled->output) : nullptr;
}

std::optional<CellRect> change_of(const TensorPtr& before, const TensorPtr& now) {
  if (!before || !now || before->shape() != now->shape()) return std::nullopt;
  return before == now ? CellRect{} : differing_cells(*before, *now);
}

// Returns the cells that changed in either of two changes.
std::optional<CellRect> both(const std::optional<CellRect>& a, const std::optional<CellRect>& b) {
  if (!a || !b) return std::nullopt;
  return united(*a, *b);
}

// A changed weight usually changes everything, a brush stroke only a small part.
std::vector<ResultsChange> changes_since(const ResultsPtr& before, const Results& now) {
  constexpr std::size_t kMost = 8;
  if (!before) return {};
  const ResultsChange last{before, change_of(before->output, now.output),
                           change_of(passed_on(*before, true), passed_on(now, true))};
  std::vector<ResultsChange> changes{last};
  for (const ResultsChange& earlier : before->changes) {
    if (changes.size() == kMost) break;
    if (earlier.since.expired()) continue;
    changes.push_back(
        {earlier.since, both(earlier.output, last.output), both(earlier.pooled, last.pooled)});
  }
  return changes;
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

// Returns empty results if memory was missing outside of the layers' values, for a large weight for
// example.
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
    results = nothing(scene);
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
  const ResultsPtr last = last_;  // keeps the scene alive while it is replaced
  return evaluate(last->scene, true, stop);
}

}  // namespace convscope
