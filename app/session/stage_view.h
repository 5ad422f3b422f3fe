#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/files/memory_limit.h"
#include "app/scene/stage.h"
#include "app/session/names.h"
#include "app/session/results.h"
#include "engine/core/value_range.h"
#include "engine/explain/explain_chain.h"

// What the views of one stage of the layers show, made off the UI thread: small pictures of all
// planes, however large and many these are.
namespace convscope::session {

// The planes of one picture, reduced. A preview's cell is the mean of step x step cells of the
// plane.
struct PlanePreviews {
  Tensor cells;       // [1, C, ceil(H / step), ceil(W / step)]; empty if there is nothing to show
  Revision revision;  // of these
  Index step = 1;
  Shape shape;                     // of the full planes, [1, C, H, W]
  std::vector<ValueRange> ranges;  // of the planes' values
  bool empty() const { return cells.empty(); }
  ValueRange common_range() const;
};

// The most cells of a preview along an axis.
inline constexpr Index kMaxPreviewCells = 256;

// Returns the previews of channels first ... first + count - 1; nullopt if stopped.
std::optional<PlanePreviews> preview_planes(const Tensor& tensor, Index sample, Index first,
                                            Index count, const std::stop_token& stop = {});

struct StageRequest {
  ResultsPtr results;
  LayerStage stage;
  Index sample = 0;   // clamped to the valid range, as `channel` is
  Index channel = 0;  // the channel of the layer's output whose sum is shown
  friend bool operator==(const StageRequest&, const StageRequest&) = default;
};

struct StageView {
  StageRequest request;          // of a stage that there is
  std::vector<ChainStep> steps;  // from the scene's input to this stage; empty without an output
  std::size_t before = 0;        // number of steps before the layer
  Index sample = 0;
  Index channel = 0;
  Index first_channel = 0;  // the first input channel that the channel sums
  PlanePreviews original;   // the scene's input, at most its first three channels
  PlanePreviews input;      // the layer's input
  PlanePreviews maps;       // the stage's output
  PlanePreviews terms;      // of the sum over the input channels, without the bias
  PlanePreviews sum;        // the terms and the bias: one plane of the layer's output
  // What the stage's layer gives, and what it is.
  const LayerResults& layer() const { return request.results->layers[request.stage.layer]; }
  const ConvolutionLayer& computed() const {
    return convolution(request.results->scene.layers[request.stage.layer]);
  }
};

// Returns the values of a stage; null if it has none.
TensorPtr stage_tensor(const LayerResults& layer, StagePart part);

// Makes the view; nullopt if stopped. It has no pictures if they would need more than `limit`.
std::optional<StageView> make_stage_view(const StageRequest& request,
                                         const std::stop_token& stop = {},
                                         const MemoryLimit& limit = {});

}  // namespace convscope::session
