#pragma once

#include <deque>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

#include "app/session/layer_evaluation.h"
#include "app/session/names.h"
#include "app/session/results.h"

namespace convscope::session {

// Evaluates scenes one after the other. Reuses the parts of the last results that are still valid,
// and updates an old output if only a weight or a few cells of the input have changed.
class SceneEvaluation {
 public:
  // Results that need more than `limit` are not computed, and their error texts say so.
  explicit SceneEvaluation(MemoryLimit limit = {}) : limit_(std::move(limit)) {}

  // Returns the results, or nullopt if stopped. `exact` allows only full evaluations. Errors that a
  // user can cause are returned in the results' error texts.
  std::optional<ResultsPtr> evaluate(const Scene& scene, bool exact, const std::stop_token& stop);
  // Evaluates the last scene in full if updates have left rounding errors in an output, and returns
  // the results. Returns nullopt if there are no such errors, or if stopped.
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

}  // namespace convscope::session
