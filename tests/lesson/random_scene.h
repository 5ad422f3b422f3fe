#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "app/scene/scene.h"
#include "engine/core/random.h"
#include "tests/random_tensor.h"

namespace convscope::lesson {

// Draws scenes with all that a layer can have; some of them give no output.
class SceneLottery {
 public:
  explicit SceneLottery(std::uint64_t seed) : random_(seed) {}

  Scene draw() {
    Scene scene;
    const std::array<Index, 4> channels{1, 1, 2, 4};
    const Index c = channels[pick(4)];
    scene.input.tensor = make_shared_tensor({1 + below(2), c, 4 + below(8), 4 + below(8)});
    scene.input.name = "drawn";
    scene.layers = {layer(c)};
    if (below(4) == 0) scene.layers.push_back(layer(1 + below(3)));
    LearningScene& learning = scene.learning;
    learning.optimizer = static_cast<OptimizerKind>(below(5) == 0 ? below(4) : 0);
    learning.reduction = below(2) == 0 ? Reduction::kSum : Reduction::kMean;
    learning.rate = random_.uniform(0.0005f, 0.2f);
    if (below(3) == 0) learning.share_of_cliff = random_.uniform(0.2f, 1.3f);
    learning.bias = below(2) == 0;
    if (below(3) == 0) learning.target = LearningTarget::kPanelKernel;
    fit_channels(scene);
    return scene;
  }

 private:
  Index below(Index count) {
    return static_cast<Index>(random_.next() % static_cast<std::uint64_t>(count));
  }
  std::size_t pick(Index count) { return static_cast<std::size_t>(below(count)); }
  Tensor tensor(const Shape& shape) { return random_tensor(shape, random_.next()); }
  TensorPtr make_shared_tensor(const Shape& shape) {
    return std::make_shared<const Tensor>(tensor(shape));
  }
  LayerScene layer(Index channels) {
    ConvolutionLayer layer;
    const bool several = below(2) == 0;
    const Shape weight{several ? 1 + below(3) : 1, several ? channels : 1, 1 + below(3),
                       1 + below(3)};
    layer.kernel.layer = several;
    layer.conv.groups = several && channels == 4 && below(2) == 0 ? 2 : 1;
    layer.kernel.weight = tensor({several ? weight.n * layer.conv.groups : 1,
                                  weight.c / layer.conv.groups, weight.h, weight.w});
    layer.kernel.bias.assign(several ? static_cast<std::size_t>(layer.kernel.weight.shape().n) : 1,
                             below(2) == 0 ? 0.0f : 0.5f);
    layer.kernel.preset = "custom";
    layer.conv.padding = {below(3), below(3), below(3), below(3)};
    layer.conv.stride = {1 + below(3), 1 + below(3)};
    layer.conv.dilation = {1 + below(2), 1 + below(2)};
    layer.conv.padding_mode = static_cast<PaddingMode>(below(4));
    layer.conv.transposed = below(6) == 0;
    if (layer.conv.transposed) layer.conv.padding_mode = PaddingMode::kZeros;
    layer.relu = below(2) == 0;
    layer.pooled = below(3) > 0;
    layer.pool.options.kind = below(3) == 0 ? PoolKind::kAverage : PoolKind::kMax;
    layer.pool.options.kernel = {1 + below(3), 1 + below(3)};
    layer.pool.options.stride = {1 + below(2), 1 + below(2)};
    return LayerScene{layer};
  }

  Random random_;
};

}  // namespace convscope::lesson
