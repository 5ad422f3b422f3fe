#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <string>

#include "app/scene/scene.h"
#include "engine/core/patterns.h"
#include "engine/core/random.h"
#include "engine/kernel_info/kernels.h"
#include "tests/engine/arbitrary.h"

// Draws scenes of every kind that the program can hold, with every kind of float in them.
namespace convscope::scene {

inline std::uint64_t arbitrary_seed() {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<std::uint64_t>());
}

inline bool toss() {
  return pick(0, 1) == 1;
}

// Draws floats of any bits, short decimals, and values that JSON has no number for. A NaN is always
// the usual one, because a text can't tell it from others.
inline float arbitrary_float(Random& random) {
  constexpr float kInf = std::numeric_limits<float>::infinity();
  constexpr std::array kSpecial = {0.0f,   -0.0f,  1.0f,      kInf,
                                   -kInf,  1e-45f, 1e10f,     16777216.0f,
                                   -0.03f, 0.1f,   3.402e38f, std::numeric_limits<float>::max()};
  const auto choice = static_cast<int>(random.uniform(0.0f, 4.0f));
  if (choice == 0) {
    const auto i = static_cast<std::size_t>(random.uniform(0.0f, float{kSpecial.size()}));
    return kSpecial[std::min(i, kSpecial.size() - 1)];
  }
  if (choice == 1) return std::round(random.uniform(-100.0f, 100.0f)) / 8.0f;
  if (choice == 2) return random.uniform(-1.0f, 1.0f);
  const auto high = static_cast<std::uint32_t>(random.uniform(0.0f, 65536.0f));
  const auto low = static_cast<std::uint32_t>(random.uniform(0.0f, 65536.0f));
  const auto value = std::bit_cast<float>(high << 16 | low);
  return std::isnan(value) ? std::numeric_limits<float>::quiet_NaN() : value;
}

inline Tensor arbitrary_tensor(const Shape& shape) {
  Tensor result(shape);
  Random random(arbitrary_seed());
  for (float& value : result.values())
    value = arbitrary_float(random);
  return result;
}

inline std::vector<float> arbitrary_values(Index count) {
  const Tensor row = arbitrary_tensor({1, 1, 1, count});
  return {row.values().begin(), row.values().end()};
}

inline Yx arbitrary_pair(Index least, Index most) {
  return {pick(least, most), pick(least, most)};
}

inline std::string arbitrary_name() {
  constexpr std::array kNames = {"custom", "edge [1, -1]", "a \"quoted\" name", "Kantenfilter ä ⋆",
                                 "",       "back\\slash"};
  return kNames[static_cast<std::size_t>(pick(0, std::ssize(kNames) - 1))];
}

inline InputScene arbitrary_input() {
  InputScene input;
  if (toss()) {
    const auto names = pattern_names();
    input.name = names[static_cast<std::size_t>(pick(0, std::ssize(names) - 1))];
    input.seed = arbitrary_seed();
    Tensor made = make_pattern(input.name, arbitrary_pair(1, 9), input.seed);
    input.transposed = toss();
    input.tensor = std::make_shared<const Tensor>(input.transposed ? transposed(made) : made);
    return input;
  }
  input.tensor = std::make_shared<const Tensor>(
      arbitrary_tensor({pick(1, 3), pick(1, 4), pick(1, 6), pick(1, 6)}));
  // A drawing over a pattern may keep the pattern's name.
  input.name = toss() ? "drawn" : toss() ? "noise" : arbitrary_name();
  input.color = toss();
  input.scaled_to = toss() ? Yx{0, 0} : arbitrary_pair(1, 8192);
  input.seed = arbitrary_seed();
  input.transposed = toss();
  input.meaning = static_cast<InputMeaning>(pick(0, 2));
  return input;
}

inline KernelScene arbitrary_kernel() {
  KernelScene kernel;
  kernel.layer = toss();
  kernel.weight = arbitrary_tensor({pick(1, 3), pick(1, 3), pick(1, 4), pick(1, 4)});
  kernel.bias = arbitrary_values(pick(1, 4));
  kernel.preset = arbitrary_name();
  kernel.seed = arbitrary_seed();
  kernel.turned = toss();
  return kernel;
}

inline ConvScene arbitrary_conv() {
  ConvScene conv;
  conv.padding_choice = static_cast<PaddingChoice>(pick(0, 2));
  conv.padding = {pick(0, 64), pick(0, 64), pick(0, 64), pick(0, 64)};
  conv.padding_mode = static_cast<PaddingMode>(pick(0, 3));
  conv.stride = arbitrary_pair(1, 64);
  conv.dilation = arbitrary_pair(1, 32);
  conv.groups = pick(1, 3);
  conv.transposed = toss();
  conv.output_padding = arbitrary_pair(0, 3);
  return conv;
}

inline PoolingScene arbitrary_pool() {
  PoolingScene result;
  result.padding_choice = static_cast<PaddingChoice>(pick(0, 2));
  Pool2dOptions& pool = result.options;
  pool.kind = static_cast<PoolKind>(pick(0, 1));
  pool.kernel = arbitrary_pair(1, 64);
  pool.stride = arbitrary_pair(1, 64);
  pick_padding(pool);
  const auto shorter = [](Index& cells) { cells = std::min<Index>(cells, 64); };
  for (Index* side :
       {&pool.padding.top, &pool.padding.left, &pool.padding.bottom, &pool.padding.right})
    shorter(*side);
  if (toss())
    pool.padding = {pool.padding.top, pool.padding.left, pool.padding.top, pool.padding.left};
  pool.dilation = arbitrary_pair(1, 8);
  pool.ceil_mode = toss();
  pool.count_include_pad = toss();
  pool.divisor_override = pick(0, 9);
  return result;
}

inline LayerScene arbitrary_layer() {
  return {ConvolutionLayer{arbitrary_kernel(), arbitrary_conv(), toss(), toss(), arbitrary_pool()}};
}

inline LayerList arbitrary_layers() {
  LayerList layers(static_cast<std::size_t>(pick(1, 4)));
  for (LayerScene& layer : layers)
    layer = arbitrary_layer();
  convolution(layers.front()).pooled = true;
  return layers;
}

inline LearningScene arbitrary_learning() {
  LearningScene learning;
  learning.hidden = arbitrary_tensor({pick(1, 3), pick(1, 3), pick(1, 4), pick(1, 4)});
  learning.seed = arbitrary_seed();
  learning.start_bias = arbitrary_values(pick(0, 3));
  Random random(arbitrary_seed());
  learning.rate = 0.1f - random.uniform(0.0f, 1.0f) * 0.09f;
  if (toss()) learning.share_of_cliff = 1.0f - random.uniform(0.0f, 0.9f);
  learning.reduction = static_cast<Reduction>(pick(0, 1));
  learning.optimizer = static_cast<OptimizerKind>(pick(0, 3));
  const auto beta = [&] { return random.uniform(0.0f, 0.999f); };
  if (toss()) learning.tuning = {beta(), beta(), beta(), random.uniform(1e-10f, 1.0f)};
  learning.bias = toss();
  learning.noise = random.uniform(0.0f, 1000.0f);
  learning.steps_per_frame = static_cast<int>(pick(1, 10000));
  if (toss()) learning.steps_per_second = static_cast<int>(pick(1, 60));
  if (toss()) {
    learning.picture = std::make_shared<const Tensor>(
        arbitrary_tensor({pick(1, 2), pick(1, 3), pick(1, 5), pick(1, 5)}));
  }
  learning.target = static_cast<LearningTarget>(pick(0, learning.picture ? 2 : 1));
  learning.picture_name = arbitrary_name();
  learning.stop = {random.uniform(0.0f, 1.0f), pick(0, 100000), {}};
  if (toss()) learning.stop.plateau = toss();
  learning.compared.resize(static_cast<std::size_t>(pick(0, 3)));
  for (ComparedRun& run : learning.compared)
    run = {static_cast<OptimizerKind>(pick(0, 3)), 1.0f - random.uniform(0.0f, 0.9f)};
  return learning;
}

inline BackwardScene arbitrary_backward() {
  BackwardScene backward{static_cast<GradientSource>(pick(0, 3)), pick(0, 3), pick(0, 3), {}, {}};
  if (toss()) backward.cell = arbitrary_pair(0, 9);
  if (toss()) {
    backward.picture = std::make_shared<const Tensor>(
        arbitrary_tensor({pick(1, 2), pick(1, 3), pick(1, 5), pick(1, 5)}));
  }
  return backward;
}

inline SceneLook arbitrary_look() {
  SceneLook look;
  if (toss()) look.page = static_cast<Page>(pick(0, 1));
  if (toss()) look.tab = static_cast<LearningTab>(pick(0, 4));
  if (toss()) look.theme = static_cast<SceneTheme>(pick(0, 2));
  look.signs = static_cast<SignChoice>(pick(0, 2));
  look.backward = toss();
  Random random(arbitrary_seed());
  look.ranges.resize(static_cast<std::size_t>(pick(0, 3)));
  for (ViewRange& range : look.ranges) {
    range = {toss() ? "output" : "maps", static_cast<RangeKind>(pick(0, 6)),
             random.uniform(-10.0f, 10.0f), random.uniform(-10.0f, 10.0f)};
  }
  return look;
}

// Draws a scene as an edit leaves it, with layers that fit their channels.
inline Scene arbitrary_scene() {
  Scene scene{arbitrary_input(),
              arbitrary_layers(),
              arbitrary_learning(),
              arbitrary_backward(),
              arbitrary_name(),
              arbitrary_look(),
              ""};
  fit_channels(scene);
  LearningScene& learning = scene.learning;
  const bool hidden = learning.target == LearningTarget::kHiddenKernel;
  if (toss())
    learning.start =
        arbitrary_tensor((hidden ? learning.hidden : first_layer(scene).kernel.weight).shape());
  return scene;
}

}  // namespace convscope::scene
