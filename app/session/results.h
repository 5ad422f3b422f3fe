#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/scene/scene.h"
#include "engine/core/revised.h"
#include "engine/ops/pool2d.h"

namespace convscope {

// The results of one layer.
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
  TensorPtr activated;                         // after ReLU; the output itself without ReLU
  Pool2dOptions pool;                          // as the engine took it, if there is an output
  std::shared_ptr<const Pool2dResult> pooled;  // null if pooled_error is set, or without pooling
  std::string pooled_error;
};

struct Results;

// How results differ from earlier ones.
struct ResultsChange {
  std::weak_ptr<const Results> since;  // the earlier results
  // The cells of the first layer outside of which nothing differs, bit by bit, in any plane;
  // nullopt if either has no such values or their shapes differ.
  std::optional<CellRect> output;
  std::optional<CellRect> pooled;
};

// All results of one scene, always consistent, never a mixture of old and new. The base class is
// the scene's first layer.
struct Results : LayerResults {
  Scene scene;                      // the scene they were computed from
  std::vector<LayerResults> chain;  // of the further layers
  double milliseconds = 0.0;        // duration of the evaluation
  // Changes since each of the last few results, the newest first, because the screen may show any
  // of them.
  std::vector<ResultsChange> changes;
};

using ResultsPtr = std::shared_ptr<const Results>;

// What the first layer gives, which the Kernel page shows; null without results.
inline const LayerResults* first_results(const ResultsPtr& results) {
  return results ? &results->layers.front() : nullptr;
}

}  // namespace convscope
