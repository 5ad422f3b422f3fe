#pragma once

#include <cstddef>
#include <vector>

#include "app/scene/names.h"
#include "app/scene/scene.h"

// A scene's layers as stages: convolution, ReLU, pooling, convolution ...
namespace convscope::scene {

enum class StagePart { kOutput, kActivated, kPooled };

// What a layer gives, after one of its steps.
struct LayerStage {
  std::size_t layer = 0;
  StagePart part = StagePart::kOutput;
  friend bool operator==(const LayerStage&, const LayerStage&) = default;
};

// Whether the pooling changes anything: a window of one cell leaves everything as it is.
inline bool is_pooling(const PoolingScene& pool) {
  const Pool2dOptions& o = pool.options;
  const bool padded = pool.padding_choice == PaddingChoice::kExplicit && o.padding != Padding{};
  const bool divided = o.kind == PoolKind::kAverage && o.divisor_override > 1;
  return o.kernel != Yx{1, 1} || o.stride != Yx{1, 1} || padded || divided;
}

// Whether the pooling of the scene's layer number `index` is one of its stages. The first layer
// always pools, as the Kernel page shows; there a window of one cell is taken for no pooling.
bool has_pooling_stage(const ConvolutionLayer& layer, std::size_t index);
// The layer with its pooling switched so.
ConvolutionLayer with_pooling_stage(ConvolutionLayer layer, std::size_t index, bool on);

// Returns all stages in order.
std::vector<LayerStage> stages_of(const Scene& scene);
// Returns `stage`, or if the scene has no such stage the one before it.
LayerStage existing_stage(const Scene& scene, const LayerStage& stage);

// Returns the number of channels of a layer's input.
Index input_channels_of(const Scene& scene, std::size_t layer);

}  // namespace convscope::scene
