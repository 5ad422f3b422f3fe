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

// Makes what the cards of one stage show: pictures of all its planes, which stay small however
// large the planes are. This may take long, so it is done off the UI thread.
namespace convscope::session {

// Small previews of the planes of one picture. A cell of a preview is the mean of step x step cells
// of the plane.
struct PlanePreviews {
  Tensor cells;       // [1, C, ceil(H / step), ceil(W / step)]; empty if there is nothing to show
  Revision revision;  // revision of `cells`
  Index step = 1;
  Shape shape;                     // shape of the full planes, [1, C, H, W]
  std::vector<ValueRange> ranges;  // range of the finite values of each full plane
  bool empty() const { return cells.empty(); }
  // Returns the smallest range that contains those of all planes.
  ValueRange common_range() const;
};

// The largest number of cells of a preview along an axis.
inline constexpr Index kMaxPreviewCells = 256;

// Returns the previews of channels first ... first + count - 1 of picture `sample` of a tensor
// [N, C, H, W]; nullopt if stopped.
std::optional<PlanePreviews> preview_planes(const Tensor& tensor, Index sample, Index first,
                                            Index count, const std::stop_token& stop = {});

// A request for the view of a stage. make_stage_view clamps sample and channel to their valid
// ranges.
struct StageRequest {
  ResultsPtr results;
  LayerStage stage;
  Index sample = 0;   // the picture of the stack
  Index channel = 0;  // the channel of the layer's output whose sum is shown
  friend bool operator==(const StageRequest&, const StageRequest&) = default;
};

// What the cards show of a stage.
struct StageView {
  StageRequest request;          // the request, for a stage that exists in its scene
  std::vector<ChainStep> steps;  // from the scene's input to this stage; empty without an output
  std::size_t before = 0;        // number of `steps` before those of the stage's layer
  Index sample = 0;              // the request's picture, clamped
  Index channel = 0;             // the request's channel, clamped
  Index first_channel = 0;       // the first input channel that `channel` sums
  PlanePreviews original;        // the scene's input, at most its first three channels
  PlanePreviews input;           // the layer's input
  PlanePreviews maps;            // the stage's output
  PlanePreviews terms;           // the terms of the sum over input channels, without the bias
  PlanePreviews sum;             // the sum of terms and bias: one plane of the layer's output
  // Returns the results of the stage's layer.
  const LayerResults& layer() const { return request.results->layers[request.stage.layer]; }
  // Returns the layer that these results were computed from.
  const ConvolutionLayer& computed() const {
    return convolution(request.results->scene.layers[request.stage.layer]);
  }
};

// Returns the values of a stage, [N, C', H', W']; null if it has none.
TensorPtr stage_tensor(const LayerResults& layer, StagePart part);

// Returns the view of the requested stage, or of the one before it if there is no such stage;
// nullopt if stopped. The view has no previews if they would need more memory than `limit`.
std::optional<StageView> make_stage_view(const StageRequest& request,
                                         const std::stop_token& stop = {},
                                         const MemoryLimit& limit = {});

}  // namespace convscope::session
