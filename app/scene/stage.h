#pragma once

#include <cstddef>
#include <vector>

#include "app/scene/names.h"
#include "app/scene/scene.h"

// The layers of a scene as a list of stages: convolution, ReLU, pooling, convolution ...
namespace convscope::scene {

// The steps of a layer: the convolution, the ReLU and the pooling.
enum class StagePart { kOutput, kActivated, kPooled };

// One step of a layer, whose result can be shown.
struct LayerStage {
  std::size_t layer = 0;  // number of the layer in the scene, counted from 0
  StagePart part = StagePart::kOutput;
  friend bool operator==(const LayerStage&, const LayerStage&) = default;
};

// Returns whether a pooling can change values, which a window of one cell alone does not.
inline bool is_pooling(const PoolingScene& pool) {
  const Pool2dOptions& o = pool.options;
  const bool padded = pool.padding_choice == PaddingChoice::kExplicit && o.padding != Padding{};
  const bool divided = o.kind == PoolKind::kAverage && o.divisor_override > 1;
  return o.kernel != Yx{1, 1} || o.stride != Yx{1, 1} || padded || divided;
}

// Returns whether `layer`, number `index` of its scene, has a pooling stage. The first layer always
// pools, because the Kernel page shows its pooling; its pooling is a stage only if is_pooling.
bool has_pooling_stage(const ConvolutionLayer& layer, std::size_t index);
// Returns the layer with or without a pooling stage.
ConvolutionLayer with_pooling_stage(ConvolutionLayer layer, std::size_t index, bool on);

// Returns all stages in order.
std::vector<LayerStage> stages_of(const Scene& scene);
// Returns `stage`, or the last stage before it if the scene has no such stage.
LayerStage existing_stage(const Scene& scene, const LayerStage& stage);

// Returns the number of channels of a layer's input.
Index input_channels_of(const Scene& scene, std::size_t layer);

}  // namespace convscope::scene
