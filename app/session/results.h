#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "app/scene/scene.h"
#include "app/session/names.h"
#include "engine/core/revised.h"
#include "engine/ops/pool2d.h"

namespace convscope::session {

// The shared result of a pooling, with its revision.
using PooledPtr = Revised<Pool2dResult>;

// The arguments and the results of one layer. The revisions of the values know in which cells they
// differ from those of the results before.
struct LayerResults {
  // The arguments of conv2d, as layer_arguments() makes them from the scene.
  Tensor weight;
  std::vector<float> bias;
  Conv2dOptions options;
  TensorPtr input;           // [N, C, H, W]
  TensorPtr output;          // [N, C', H', W']; null if there is an output_error
  std::string output_error;  // one sentence why there is no output; else empty
  // Whether the output was evaluated in full. Otherwise an old output was updated, which leaves
  // rounding errors until the full evaluation that follows when nothing changes any more.
  bool exact = true;
  TensorPtr activated;       // the output after ReLU, or the output itself if the layer has no ReLU
  Pool2dOptions pool;        // the arguments of pool2d; only set if there is an output
  PooledPtr pooled;          // null if the layer has no pooling, or if there is a pooled_error
  std::string pooled_error;  // one sentence why there are no pooled values; else empty
};

// The results of one scene. All layers belong to the same evaluation.
struct Results {
  Scene scene;                       // the scene that was evaluated
  std::vector<LayerResults> layers;  // one for each layer of the scene, in the same order
  double milliseconds = 0.0;         // duration of the evaluation
};

// Returns the pooled values [N, C', H'', W''] of a layer; null if it has none.
inline TensorPtr pooled_values(const LayerResults& results) {
  if (!results.pooled) return nullptr;
  return {std::shared_ptr<const Tensor>(results.pooled.shared(), &results.pooled->output),
          results.pooled.revision()};
}

// Returns the indices of the winners of a max pooling in one plane of the pooled values; none for
// an average. There are pooled values.
std::span<const Index> pooled_winners(const LayerResults& results, Index sample, Index channel);

using ResultsPtr = std::shared_ptr<const Results>;

// Returns the results of the first layer, which the Kernel page shows; null without results.
inline const LayerResults* first_results(const ResultsPtr& results) {
  return results ? &results->layers.front() : nullptr;
}

}  // namespace convscope::session
