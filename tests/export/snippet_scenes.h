#pragma once

#include <cmath>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/scene/scene.h"
#include "engine/core/random.h"

// Scenes with one feature each, that a snippet must say.
namespace convscope::scene {

struct NamedScene {
  std::string name;
  Scene scene;
  Index steps = 0;  // of learning
};

inline Tensor drawn(const Shape& shape, std::uint64_t seed) {
  Random random(seed);
  Tensor tensor(shape);
  for (float& value : tensor.values())
    value = random.uniform(-1.0f, 1.0f);
  return tensor;
}

// A scene with an input and a layer [C_out, C_in / groups, kh, kw] of random numbers.
inline Scene drawn_scene(const Shape& input, const Shape& weight, Index groups = 1,
                         bool transposed = false) {
  Scene scene;
  scene.input.tensor = std::make_shared<const Tensor>(drawn(input, 1));
  ConvolutionLayer& layer = first_layer(scene);
  layer.kernel.weight = drawn(weight, 2);
  layer.kernel.layer = weight.n * weight.c > 1 || input.c > 1;
  const Index outputs = transposed ? weight.c * groups : weight.n;
  layer.kernel.bias.clear();
  for (Index o = 0; o < outputs; ++o)
    layer.kernel.bias.push_back(0.1f * static_cast<float>(o + 1));
  layer.conv.groups = groups;
  layer.conv.transposed = transposed;
  layer.pool.options.kernel = layer.pool.options.stride = {1, 1};
  fit_channels(scene);
  return scene;
}

inline Scene plane_scene() {
  return drawn_scene({1, 1, 8, 9}, {1, 1, 3, 2});
}

template <typename Change>
NamedScene changed(std::string name, Scene scene, const Change& change, Index steps = 0) {
  change(first_layer(scene), scene);
  return {std::move(name), std::move(scene), steps};
}

inline void add_convolutions(std::vector<NamedScene>& scenes) {
  using Layer = ConvolutionLayer;
  const auto plane = [&](std::string name, auto change) {
    scenes.push_back(
        changed(std::move(name), plane_scene(), [&](Layer& layer, Scene&) { change(layer.conv); }));
  };
  const auto layer_of = [&](std::string name, const Scene& scene, auto change) {
    scenes.push_back(
        changed(std::move(name), scene, [&](Layer& layer, Scene&) { change(layer.conv); }));
  };
  plane("plain", [](ConvScene&) {});
  plane("padding", [](ConvScene& c) { c.padding = {2, 1, 2, 1}; });
  plane("padding_four_sides", [](ConvScene& c) { c.padding = {0, 1, 2, 3}; });
  plane("same", [](ConvScene& c) { c.padding_choice = PaddingChoice::kSame; });
  plane("valid", [](ConvScene& c) { c.padding_choice = PaddingChoice::kValid; });
  for (const PaddingMode mode :
       {PaddingMode::kReflect, PaddingMode::kReplicate, PaddingMode::kCircular}) {
    plane(name(mode), [&](ConvScene& c) {
      c.padding = {1, 2, 3, 0};
      c.padding_mode = mode;
    });
    layer_of(std::string(name(mode)) + "_same", drawn_scene({1, 2, 6, 7}, {2, 2, 3, 4}),
             [&](ConvScene& c) {
               c.padding_choice = PaddingChoice::kSame;
               c.padding_mode = mode;
             });
  }
  plane("stride", [](ConvScene& c) { c.stride = {2, 3}; });
  plane("dilation", [](ConvScene& c) { c.dilation = {3, 2}; });
  const auto all = [](ConvScene& c) {
    c.padding = {1, 2, 0, 1};
    c.stride = {2, 3};
    c.dilation = {2, 1};
  };
  plane("stride_dilation", all);
}

inline void add_channels(std::vector<NamedScene>& scenes) {
  using Layer = ConvolutionLayer;
  const auto layer_of = [&](std::string name, const Scene& scene, auto change) {
    scenes.push_back(
        changed(std::move(name), scene, [&](Layer& layer, Scene&) { change(layer.conv); }));
  };
  const auto all = [](ConvScene& c) {
    c.padding = {1, 2, 0, 1};
    c.stride = {2, 3};
    c.dilation = {2, 1};
  };
  layer_of("channels", drawn_scene({1, 3, 6, 7}, {4, 3, 3, 2}), [](ConvScene&) {});
  layer_of("stack", drawn_scene({3, 2, 6, 7}, {4, 2, 3, 2}), all);
  layer_of("groups", drawn_scene({2, 4, 6, 7}, {6, 2, 3, 2}, 2), all);
  layer_of("transposed", drawn_scene({1, 1, 4, 5}, {1, 1, 3, 2}, 1, true), [](ConvScene& c) {
    c.stride = {2, 3};
  });
  const auto cut = [](ConvScene& c) {
    c.stride = {2, 3};
    c.dilation = {2, 1};
    c.padding = {1, 1, 1, 1};
    c.output_padding = {1, 2};
  };
  layer_of("output_padding", drawn_scene({1, 1, 4, 5}, {1, 1, 3, 2}, 1, true), cut);
  layer_of("transposed_groups", drawn_scene({2, 4, 4, 3}, {4, 3, 3, 2}, 2, true),
           [&](ConvScene& c) {
             cut(c);
             c.padding = {0, 1, 2, 0};
           });
  scenes.push_back(changed("shared_kernel", drawn_scene({2, 3, 5, 6}, {1, 1, 3, 2}),
                           [](Layer& layer, Scene& scene) {
                             layer.kernel.layer = false;
                             layer.conv.padding_choice = PaddingChoice::kSame;
                             fit_channels(scene);
                           }));
  scenes.push_back(changed("relu", plane_scene(), [](Layer& layer, Scene&) { layer.relu = true; }));
}

inline void add_poolings(std::vector<NamedScene>& scenes) {
  const auto add = [&](const std::string& name, auto change) {
    for (const PoolKind kind : {PoolKind::kMax, PoolKind::kAverage}) {
      for (const bool stack : {false, true}) {
        const std::string kind_name = kind == PoolKind::kMax ? "max_" : "average_";
        scenes.push_back(changed(kind_name + name + (stack ? "_stack" : ""),
                                 stack ? drawn_scene({2, 2, 9, 8}, {2, 2, 3, 2}) : plane_scene(),
                                 [&](ConvolutionLayer& layer, Scene&) {
                                   layer.relu = stack;
                                   layer.pool.options.kernel = {3, 2};
                                   layer.pool.options.stride = {2, 2};
                                   layer.pool.options.kind = kind;
                                   change(layer.pool);
                                   if (kind == PoolKind::kAverage)
                                     layer.pool.options.dilation = {1, 1};
                                 }));
      }
    }
  };
  add("pool", [](PoolingScene&) {});
  add("pool_dilation", [](PoolingScene& p) { p.options.dilation = {1, 2}; });
  add("pool_ceil", [](PoolingScene& p) { p.options.ceil_mode = true; });
  add("pool_padding", [](PoolingScene& p) { p.options.padding = {1, 1, 1, 1}; });
  add("pool_padding_ceil", [](PoolingScene& p) {
    p.options.padding = {1, 0, 1, 0};
    p.options.ceil_mode = true;
  });
  add("pool_four_sides", [](PoolingScene& p) {
    p.options.padding = {1, 0, 0, 1};
    p.options.ceil_mode = true;
  });
  add("pool_not_counted", [](PoolingScene& p) {
    p.options.padding = {1, 0, 1, 1};
    p.options.count_include_pad = false;
  });
  add("pool_divisor", [](PoolingScene& p) { p.options.divisor_override = 2; });
  add("pool_large_padding", [](PoolingScene& p) {
    p.options.padding = {3, 4, 3, 2};
    p.options.allow_large_padding = true;
    p.options.count_include_pad = false;
  });
  add("pool_same", [](PoolingScene& p) { p.padding_choice = PaddingChoice::kSame; });
}

inline void add_chain(std::vector<NamedScene>& scenes) {
  Scene scene = drawn_scene({2, 1, 12, 11}, {3, 1, 3, 3});
  first_layer(scene).relu = true;
  first_layer(scene).pool.options.kernel = first_layer(scene).pool.options.stride = {2, 2};
  ConvolutionLayer second = first_layer(drawn_scene({1, 3, 5, 5}, {2, 3, 2, 2}));
  second.relu = true;
  second.pooled = false;
  ConvolutionLayer third = first_layer(drawn_scene({1, 2, 5, 5}, {1, 2, 2, 1}));
  third.conv.padding = {1, 1, 1, 1};
  third.conv.padding_mode = PaddingMode::kReflect;
  third.pooled = true;
  third.pool.options.kind = PoolKind::kAverage;
  third.pool.options.kernel = {2, 2};
  third.pool.options.stride = {1, 1};
  scene.layers.push_back({second});
  scene.layers.push_back({third});
  fit_channels(scene);
  scenes.push_back({"chain", std::move(scene)});
}

// Adds a scene whose hidden kernel is learned.
template <typename Change>
void add_learned(std::vector<NamedScene>& scenes, std::string name, Scene scene,
                 const Change& change, Index steps = 12) {
  scene.learning.hidden = drawn(first_layer(scene).kernel.weight.shape(), 5);
  scene.learning.rate = 0.01f;
  scenes.push_back(changed(
      std::move(name), std::move(scene),
      [&](ConvolutionLayer& layer, Scene& of) { change(layer, of.learning); }, steps));
}

inline void add_runs(std::vector<NamedScene>& scenes) {
  const auto add = [&](std::string name, Scene scene, auto change, Index steps = 12) {
    add_learned(scenes, std::move(name), std::move(scene), change, steps);
  };
  using Layer = ConvolutionLayer;
  const Scene stack = drawn_scene({2, 4, 5, 6}, {6, 2, 3, 2}, 2);
  add("sgd", plane_scene(), [](Layer&, LearningScene&) {});
  add(
      "one_step", plane_scene(), [](Layer&, LearningScene&) {}, 1);
  for (const OptimizerKind kind :
       {OptimizerKind::kMomentum, OptimizerKind::kNesterov, OptimizerKind::kAdam}) {
    const auto tuned = [&](Layer&, LearningScene& l) {
      l.optimizer = kind;
      l.tuning = {.momentum = 0.8f, .beta1 = 0.85f, .beta2 = 0.99f, .eps = 1e-6f};
      l.bias = true;
    };
    add(std::string("learn_") + name(kind), plane_scene(), tuned);
    add(std::string("learn_") + name(kind) + "_stack", stack, tuned);
  }
  add("learn_mean", plane_scene(), [](Layer&, LearningScene& l) {
    l.reduction = Reduction::kMean;
    l.rate = 0.3f;
  });
  add("learn_noise", stack, [](Layer&, LearningScene& l) {
    l.noise = 0.1f;
    l.reduction = Reduction::kMean;
    l.bias = true;
  });
  add("learn_panel_kernel", plane_scene(),
      [](Layer&, LearningScene& l) { l.target = LearningTarget::kPanelKernel; });
  add("learn_picture", drawn_scene({1, 1, 5, 5}, {1, 1, 2, 2}), [](Layer&, LearningScene& l) {
    l.target = LearningTarget::kPicture;
    l.picture = std::make_shared<const Tensor>(drawn({1, 1, 4, 4}, 9));
  });
  add("learn_start", plane_scene(), [](Layer& layer, LearningScene& l) {
    l.start = drawn(layer.kernel.weight.shape(), 11);
    l.bias = true;
    l.start_bias = {0.7f};
  });
}

inline void add_learned_options(std::vector<NamedScene>& scenes) {
  const auto add = [&](std::string name, Scene scene, auto change) {
    add_learned(scenes, std::move(name), std::move(scene), change);
  };
  using Layer = ConvolutionLayer;
  const Scene stack = drawn_scene({2, 4, 5, 6}, {6, 2, 3, 2}, 2);
  const auto options = [](Layer& layer, LearningScene&) {
    layer.conv.padding = {1, 2, 0, 1};
    layer.conv.padding_mode = PaddingMode::kReflect;
    layer.conv.stride = {2, 3};
    layer.conv.dilation = {2, 1};
  };
  add("learn_options", plane_scene(), options);
  add("learn_options_stack", stack, options);
  const auto cut = [](Layer& layer, LearningScene& l) {
    layer.conv.padding = {1, 0, 0, 1};
    layer.conv.stride = {2, 1};
    layer.conv.dilation = {1, 2};
    layer.conv.output_padding = {1, 1};
    l.bias = true;
  };
  add("learn_transposed", drawn_scene({1, 1, 4, 5}, {1, 1, 3, 2}, 1, true), cut);
  add("learn_transposed_stack", drawn_scene({2, 4, 4, 3}, {4, 3, 3, 2}, 2, true), cut);
  add("learn_other_size", plane_scene(), [](Layer& layer, LearningScene& l) {
    l.hidden = drawn({1, 1, 4, 5}, 3);
    layer.conv.padding_choice = PaddingChoice::kSame;
  });
  Scene shared = drawn_scene({2, 3, 5, 6}, {1, 1, 3, 2});
  first_layer(shared).kernel.layer = false;
  fit_channels(shared);
  add("learn_shared", shared, [](Layer&, LearningScene& l) { l.bias = true; });
}

inline std::vector<NamedScene> feature_scenes() {
  std::vector<NamedScene> scenes;
  add_convolutions(scenes);
  add_channels(scenes);
  add_poolings(scenes);
  add_chain(scenes);
  add_runs(scenes);
  add_learned_options(scenes);
  return scenes;
}

}  // namespace convscope::scene
