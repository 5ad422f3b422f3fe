#pragma once

#include <deque>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

#include "app/session/layer_evaluation.h"
#include "app/session/results.h"

namespace convscope {

// Evaluates scenes one after the other. What still holds is taken from the last results, and where
// only a weight or a few cells of the input have changed, an old output is brought up to date.
class SceneEvaluation {
 public:
  // Results that would take more than `limit` are not computed: their texts say so.
  explicit SceneEvaluation(MemoryLimit limit = {}) : limit_(std::move(limit)) {}

  // Nothing if stopped. `exact`: by whole evaluations only. Errors a user can cause end in the
  // results' texts.
  std::optional<ResultsPtr> evaluate(const Scene& scene, bool exact, const std::stop_token& stop);
  // The last scene by whole evaluations, where an output was brought up to date and has gathered
  // rounding errors; else nothing.
  std::optional<ResultsPtr> refine(const std::stop_token& stop);

 private:
  std::optional<Results> layers(const Scene& scene, bool exact, const std::stop_token& stop);
  std::optional<LayerResults> layer(const Scene& scene, std::size_t index, const TensorPtr& input,
                                    const TooLarge& too_large, bool exact,
                                    const std::stop_token& stop);

  MemoryLimit limit_;
  std::deque<LayerEvaluation> evaluations_;  // one for each layer
  ResultsPtr last_;
};

}  // namespace convscope
