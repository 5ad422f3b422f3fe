#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "app/scene/edit.h"
#include "app/scene/scene.h"

// A scene's layers as a chain of stages: convolution, ReLU, pooling, convolution ...
namespace convscope {

enum class StagePart { kOutput, kActivated, kPooled };

// What a layer of the chain gives, after one of its steps. Layer 0 is the scene's first.
struct LayerStage {
  std::size_t layer = 0;
  StagePart part = StagePart::kOutput;
  friend bool operator==(const LayerStage&, const LayerStage&) = default;
};

inline std::size_t layer_count(const Scene& scene) {
  return 1 + scene.chain.size();
}

// The first layer always pools: with a window of one cell it leaves everything as it is, and is
// taken for no pooling.
inline bool is_pooling(const PoolingScene& pool) {
  const Pool2dOptions& o = pool.options;
  const bool padded = pool.padding_choice == PaddingChoice::kExplicit && o.padding != Padding{};
  const bool divided = o.kind == PoolKind::kAverage && o.divisor_override > 1;
  return o.kernel != Yx{1, 1} || o.stride != Yx{1, 1} || padded || divided;
}

// A layer of the scene, the first in the same form as the others.
LayerScene layer_of(const Scene& scene, std::size_t layer);

// All stages in their order.
std::vector<LayerStage> stages_of(const Scene& scene);
// `stage`, or where the scene has no such stage the one before it.
LayerStage existing_stage(const Scene& scene, const LayerStage& stage);

// Channels of a layer's input, as the layers before it are now.
Index input_channels_of(const Scene& scene, std::size_t layer);

// The scene as a layer of its chain sees it: that layer is the first, and `input` what comes in.
Scene seen_from(const Scene& scene, std::size_t layer, TensorPtr input);

// An edit of a scene seen_from `layer` as an edit of the whole scene; nothing where it changes what
// is not the layer's. `chain` is the chain as edits before it have left it, and is brought up to
// date.
std::optional<Edit> edit_of_layer(const Edit& edit, std::size_t layer, ChainScene& chain);

}  // namespace convscope
