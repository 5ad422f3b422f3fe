#include "app/scene/stage.h"

#include <algorithm>
#include <utility>

namespace convscope {

LayerScene layer_of(const Scene& scene, std::size_t layer) {
  if (layer > 0) return scene.chain[layer - 1];
  return {scene.kernel, scene.conv, scene.pool.relu, is_pooling(scene.pool), scene.pool};
}

std::vector<LayerStage> stages_of(const Scene& scene) {
  std::vector<LayerStage> stages;
  for (std::size_t i = 0; i < layer_count(scene); ++i) {
    const LayerScene layer = layer_of(scene, i);
    stages.push_back({i, StagePart::kOutput});
    if (layer.relu) stages.push_back({i, StagePart::kActivated});
    if (layer.pooled) stages.push_back({i, StagePart::kPooled});
  }
  return stages;
}

LayerStage existing_stage(const Scene& scene, const LayerStage& stage) {
  LayerStage last;
  for (const LayerStage& there : stages_of(scene)) {
    if (std::pair(there.layer, there.part) > std::pair(stage.layer, stage.part)) break;
    last = there;
  }
  return last;
}

Index input_channels_of(const Scene& scene, std::size_t layer) {
  Index channels = scene.input.tensor->shape().c;
  for (std::size_t i = 0; i < layer; ++i) {
    const LayerScene before = layer_of(scene, i);
    channels = output_channels(before.kernel, before.conv, channels);
  }
  return channels;
}

Scene seen_from(const Scene& scene, std::size_t layer, TensorPtr input) {
  if (layer == 0) return scene;
  const LayerScene& first = scene.chain[layer - 1];
  Scene seen;
  seen.input.tensor = std::move(input);
  seen.input.name = "layer " + std::to_string(layer);
  seen.kernel = first.kernel;
  seen.conv = first.conv;
  seen.pool = {first.pool, first.relu};
  seen.chain.assign(scene.chain.begin() + static_cast<std::ptrdiff_t>(layer), scene.chain.end());
  return seen;
}

std::optional<Edit> edit_of_layer(const Edit& edit, std::size_t layer, ChainScene& chain) {
  if (layer == 0) return edit;
  LayerScene& edited = chain[layer - 1];
  if (const auto* kernel = std::get_if<KernelScene>(&edit.part)) {
    edited.kernel = *kernel;
  } else if (const auto* conv = std::get_if<ConvScene>(&edit.part)) {
    edited.conv = *conv;
  } else if (const auto* pool = std::get_if<PoolScene>(&edit.part)) {
    edited.pool = *pool;
    edited.relu = pool->relu;
  } else if (const auto* scene = std::get_if<Scene>(&edit.part)) {
    edited.kernel = scene->kernel;
    edited.conv = scene->conv;
    edited.pool = scene->pool;
    edited.relu = scene->pool.relu;
  } else {
    return std::nullopt;
  }
  return Edit{chain, edit.continues};
}

}  // namespace convscope
