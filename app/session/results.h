#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/scene/scene.h"
#include "app/session/names.h"
#include "engine/core/revised.h"
#include "engine/ops/pool2d.h"

namespace convscope::session {

using PooledPtr = Revised<Pool2dResult>;

// What one layer gives. Its values tell in which cells they differ from those of results that were
// given shortly before.
struct LayerResults {
  Tensor weight;  // as the engine took them: layer_arguments() of the scene
  std::vector<float> bias;
  Conv2dOptions options;
  TensorPtr input;           // [N, C, H, W]
  TensorPtr output;          // [N, C', H', W']; null if output_error is set
  std::string output_error;  // one sentence why there is no output
  // Whether the whole output was evaluated at once. Otherwise an old one was updated, which leaves
  // rounding errors until the full evaluation that follows when nothing changes any more.
  bool exact = true;
  TensorPtr activated;  // after ReLU; the output itself without one
  Pool2dOptions pool;   // as the engine took it, where there is an output
  PooledPtr pooled;     // null with pooled_error set, or without pooling
  std::string pooled_error;
};

// All that was computed from one scene: always of one piece, never a mixture of old and new.
struct Results {
  Scene scene;                       // what it was computed from
  std::vector<LayerResults> layers;  // of the scene's, in their order
  double milliseconds = 0.0;         // that the evaluation took
};

// The pooled values alone, as a tensor; null where there are none.
inline TensorPtr pooled_values(const LayerResults& results) {
  if (!results.pooled) return nullptr;
  return {std::shared_ptr<const Tensor>(results.pooled.shared(), &results.pooled->output),
          results.pooled.revision()};
}

using ResultsPtr = std::shared_ptr<const Results>;

// What the first layer gives, which the Kernel page shows; null without results.
inline const LayerResults* first_results(const ResultsPtr& results) {
  return results ? &results->layers.front() : nullptr;
}

}  // namespace convscope::session
