#include "app/scene/stage.h"

#include <utility>

namespace convscope::scene {
namespace {

void add_stages(const ConvolutionLayer& layer, std::size_t index, std::vector<LayerStage>& stages) {
  stages.push_back({index, StagePart::kOutput});
  if (layer.relu) stages.push_back({index, StagePart::kActivated});
  if (has_pooling_stage(layer, index)) stages.push_back({index, StagePart::kPooled});
}

Index given_channels(const ConvolutionLayer& layer, Index channels) {
  return output_channels(layer.kernel, layer.conv, channels);
}

}  // namespace

bool has_pooling_stage(const ConvolutionLayer& layer, std::size_t index) {
  return layer.pooled && (index > 0 || is_pooling(layer.pool));
}

ConvolutionLayer with_pooling_stage(ConvolutionLayer layer, std::size_t index, bool on) {
  if (index > 0) {
    layer.pooled = on;
    return layer;
  }
  Pool2dOptions& options = layer.pool.options;
  options.kernel = options.stride = on ? Yx{2, 2} : Yx{1, 1};
  options.padding = {};
  options.divisor_override = 0;
  layer.pool.padding_choice = PaddingChoice::kExplicit;
  return layer;
}

std::vector<LayerStage> stages_of(const Scene& scene) {
  std::vector<LayerStage> stages;
  for (std::size_t i = 0; i < scene.layers.size(); ++i)
    std::visit([&](const auto& kind) { add_stages(kind, i, stages); }, scene.layers[i].kind);
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
    channels = std::visit([&](const auto& kind) { return given_channels(kind, channels); },
                          scene.layers[i].kind);
  }
  return channels;
}

}  // namespace convscope::scene
