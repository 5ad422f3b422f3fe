#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/scene/scene.h"
#include "engine/core/cell_rect.h"
#include "engine/core/tensor.h"
#include "engine/ops/pool2d.h"

namespace convscope {

// What one layer gives.
struct LayerResults {
  Tensor weight;             // as the engine took them: layer_arguments() of the scene
  std::vector<float> bias;   //
  Conv2dOptions options;     //
  TensorPtr input;           // [N, C, H, W]
  TensorPtr output;          // [N, C', H', W']; null with output_error set
  std::string output_error;  // one sentence why there is no output
  // Whether all of the output was evaluated at once; else an old one was brought up to date, which
  // leaves rounding errors until the whole evaluation that follows when nothing changes any more.
  bool exact = true;
  TensorPtr activated;                         // after ReLU; the output itself without one
  Pool2dOptions pool;                          // as the engine took it, where there is an output
  std::shared_ptr<const Pool2dResult> pooled;  // null with pooled_error set, or without pooling
  std::string pooled_error;
};

struct Results;

// How results differ from some that the evaluation gave shortly before.
struct ResultsChange {
  std::weak_ptr<const Results> since;  // those
  // The cells of the first layer outside of which nothing differs, bit by bit, in any plane;
  // nothing where either has no such values, or of another shape.
  std::optional<CellRect> output;
  std::optional<CellRect> pooled;
};

// All that was computed from one scene: always of one piece, never a mixture of old and new. The
// base is the scene's first layer.
struct Results : LayerResults {
  Scene scene;                      // what it was computed from
  std::vector<LayerResults> chain;  // of the layers that follow
  double milliseconds = 0.0;        // that the evaluation took
  // Since each of the last few that may still be shown, the newest first: not all are.
  std::vector<ResultsChange> changes;
};

using ResultsPtr = std::shared_ptr<const Results>;

}  // namespace convscope
