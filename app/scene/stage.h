#pragma once

#include <cstddef>
#include <vector>

#include "app/scene/scene.h"

// A scene's layers as stages: convolution, ReLU, pooling, convolution ...
namespace convscope {

enum class StagePart { kOutput, kActivated, kPooled };

// The output of a layer after one of its steps. Layer 0 is the scene's first.
struct LayerStage {
  std::size_t layer = 0;
  StagePart part = StagePart::kOutput;
  friend bool operator==(const LayerStage&, const LayerStage&) = default;
};

inline std::size_t layer_count(const Scene& scene) {
  return 1 + scene.chain.size();
}

// Returns whether a pooling changes anything. The first layer always has one; a window of one cell
// leaves the values as they are and doesn't count as pooling.
inline bool is_pooling(const PoolingScene& pool) {
  const Pool2dOptions& o = pool.options;
  const bool padded = pool.padding_choice == PaddingChoice::kExplicit && o.padding != Padding{};
  const bool divided = o.kind == PoolKind::kAverage && o.divisor_override > 1;
  return o.kernel != Yx{1, 1} || o.stride != Yx{1, 1} || padded || divided;
}

// Returns a layer of the scene; the first one in the same form as the others.
LayerScene layer_of(const Scene& scene, std::size_t layer);

// Returns all stages in order.
std::vector<LayerStage> stages_of(const Scene& scene);
// Returns `stage`, or if the scene has no such stage the one before it.
LayerStage existing_stage(const Scene& scene, const LayerStage& stage);

// Returns the number of channels of a layer's input.
Index input_channels_of(const Scene& scene, std::size_t layer);

// Returns a scene in which this layer is the first and `input` is its input.
Scene seen_from(const Scene& scene, std::size_t layer, TensorPtr input);

// Converts an edit of the scene that seen_from() returned for `layer` into an edit of the whole
// scene; nullopt if it changes something else than the layer. `chain` is the chain after earlier
// edits, and is updated.
std::optional<Edit> edit_of_layer(const Edit& edit, std::size_t layer, ChainScene& chain);

}  // namespace convscope
