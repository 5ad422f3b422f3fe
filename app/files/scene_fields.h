#pragma once

#include <array>
#include <concepts>
#include <limits>
#include <string_view>
#include <type_traits>
#include <variant>

#include "app/files/names.h"
#include "app/scene/option_limits.h"
#include "app/scene/scene.h"

// Describes the contents of a scene file once for both reading and writing: describe(file, part)
// names each member of a part with its accepted values. `file` is a SceneReader or a SceneWriter. A
// new member of a scene is added here; a file without it leaves the member at its default.
namespace convscope::files {

inline constexpr Index kMaxFileLayers = 64;  // after the first

// The names of an enumeration's values, in the order of the values.
inline constexpr std::array<std::string_view, 3> kPaddingChoiceNames = {"explicit", "same",
                                                                        "valid"};
inline constexpr std::array<std::string_view, 4> kPaddingModeNames = {"zeros", "reflect",
                                                                      "replicate", "circular"};
inline constexpr std::array<std::string_view, 2> kPageNames = {"kernel", "layers"};
inline constexpr std::array<std::string_view, 5> kTabNames = {"error", "target", "landscape",
                                                              "momentum", "directions"};
inline constexpr std::array<std::string_view, 3> kThemeNames = {"light", "dark", "projector"};
inline constexpr std::array<std::string_view, 3> kSignNames = {"by meaning", "signed", "unsigned"};
inline constexpr std::array<std::string_view, 7> kRangeNames = {
    "automatic", "symmetric", "locked", "typed", "shared", "min-max", "percentiles"};
inline constexpr Index kMaxFileRanges = 64;
inline constexpr double kMaxRangeEnd = std::numeric_limits<float>::max();
inline constexpr std::array<std::string_view, 3> kInputMeaningNames = {"amounts", "signed",
                                                                       "photograph"};
inline constexpr std::array<std::string_view, 2> kPoolKindNames = {"max", "avg"};
inline constexpr std::array<std::string_view, 3> kLearningTargetNames = {"hidden", "panel",
                                                                         "picture"};
inline constexpr std::array<std::string_view, 4> kGradientSourceNames = {"cell", "output cell",
                                                                         "picture", "error"};
inline constexpr std::array<std::string_view, 2> kLossNames = {"sum", "mean"};
inline constexpr std::array<std::string_view, 4> kOptimizerNames = {"sgd", "momentum", "nesterov",
                                                                    "adam"};

// Accepts a type and its const version.
template <typename T, typename Part>
concept PartOf = std::same_as<std::remove_const_t<T>, Part>;

void describe(auto& file, PartOf<KernelScene> auto& kernel) {
  file.weight("weight", kernel.weight);
  file.flag("layer", kernel.layer);
  file.values("bias", kernel.bias);
  file.preset("preset", kernel.preset);
  file.seed("seed", kernel.seed);
  file.flag("turned", kernel.turned);
  file.named_weight("weight", "preset", kernel);
}

void describe(auto& file, PartOf<ConvScene> auto& conv) {
  file.choice("padding_choice", conv.padding_choice, kPaddingChoiceNames);
  file.padding("padding", conv.padding);
  file.choice("padding_mode", conv.padding_mode, kPaddingModeNames);
  file.pair("stride", conv.stride, 1, kMaxStride);
  file.pair("dilation", conv.dilation, 1, kMaxDilation);
  file.number("groups", conv.groups, 1, kMaxGroups);
  file.flag("transposed", conv.transposed);
  file.pair("output_padding", conv.output_padding, 0, kMaxStride - 1);
}

void describe(auto& file, PartOf<Pool2dOptions> auto& pool) {
  file.choice("kind", pool.kind, kPoolKindNames);
  file.pair("kernel", pool.kernel, 1, kMaxPoolSize);
  file.pair("stride", pool.stride, 1, kMaxPoolSize);
  file.pool_padding("padding", pool.padding);
  file.rare_flag("allow_large_padding", pool.allow_large_padding);
  file.pair("dilation", pool.dilation, 1, kMaxDilation);
  file.flag("ceil_mode", pool.ceil_mode);
  file.flag("count_include_pad", pool.count_include_pad);
  file.number("divisor_override", pool.divisor_override, 0, kMaxDivisor);
}

void describe(auto& file, PartOf<PoolingScene> auto& pool) {
  describe(file, pool.options);
  file.rare_choice("padding_choice", pool.padding_choice, kPaddingChoiceNames);
}

void describe(auto& file, PartOf<ConvolutionLayer> auto& layer) {
  file.part("kernel", layer.kernel);
  file.part("conv", layer.conv);
  file.flag("relu", layer.relu);
  file.flag("pooled", layer.pooled);
  file.part("pool", layer.pool);
}

void describe(auto& file, PartOf<LayerScene> auto& layer) {
  std::visit([&](auto& kind) { describe(file, kind); }, layer.kind);
}

// The pooling of the first layer, which always pools, with its ReLU. `Layer` is ConvolutionLayer or
// const ConvolutionLayer.
template <typename Layer>
struct FirstPooling {
  Layer& layer;
};

template <typename Layer>
void describe(auto& file, const FirstPooling<Layer>& part) {
  describe(file, part.layer.pool);
  file.flag("relu", part.layer.relu);
}

// Files of version 1 have the first layer's parts beside the scene's other ones.
void describe_first(auto& file, PartOf<ConvolutionLayer> auto& layer) {
  file.part("kernel", layer.kernel);
  file.part("conv", layer.conv);
  FirstPooling<std::remove_reference_t<decltype(layer)>> pooling{layer};
  file.part("pool", pooling);
}

void describe(auto& file, PartOf<StopRules> auto& stop) {
  file.real("loss", stop.loss, 0.0, kMaxStopLoss);
  file.number("steps", stop.steps, 0, kMaxStopSteps);
  file.rare_flag("plateau", stop.plateau);
}

void describe(auto& file, PartOf<ComparedRun> auto& run) {
  file.choice("optimizer", run.optimizer, kOptimizerNames);
  file.rate("rate", run.rate);
}

void describe(auto& file, PartOf<OptimizerTuning> auto& tuning) {
  constexpr OptimizerTuning kUsual;
  file.rare_real("momentum", tuning.momentum, 0.0, kMaxMomentum, kUsual.momentum);
  file.rare_real("beta1", tuning.beta1, 0.0, kMaxBeta, kUsual.beta1);
  file.rare_real("beta2", tuning.beta2, 0.0, kMaxBeta, kUsual.beta2);
  file.rare_real("eps", tuning.eps, kMinEps, kMaxEps, kUsual.eps);
}

void describe(auto& file, PartOf<LearningScene> auto& learning) {
  file.choice("target", learning.target, kLearningTargetNames);
  file.weight("hidden", learning.hidden);
  file.picture("picture", learning.picture);
  file.text("picture_name", learning.picture_name);
  file.seed("seed", learning.seed);
  file.weight_or_none("start", learning.start);
  file.values("start_bias", learning.start_bias);
  file.rate("rate", learning.rate);
  file.rare_real("share_of_cliff", learning.share_of_cliff, 0.0, kMaxShareOfCliff);
  file.choice("loss", learning.reduction, kLossNames);
  file.choice("optimizer", learning.optimizer, kOptimizerNames);
  describe(file, learning.tuning);
  file.flag("bias", learning.bias);
  file.real("noise", learning.noise, 0.0, kMaxNoise);
  file.number("steps_per_frame", learning.steps_per_frame, 1, kMaxStepsPerFrame);
  file.rare_number("steps_per_second", learning.steps_per_second, 0, kMaxStepsPerSecond);
  file.part("stop", learning.stop);
  file.parts("compared", learning.compared, kMaxComparedRuns);
}

void describe(auto& file, PartOf<BackwardScene> auto& backward) {
  file.choice("source", backward.source, kGradientSourceNames);
  file.number("sample", backward.sample, 0, kMaxInputValues);
  file.number("channel", backward.channel, 0, kMaxInputValues);
  file.rare_pair("cell", backward.cell, 0, kMaxInputValues);
  file.picture("picture", backward.picture);
}

void describe(auto& file, PartOf<ViewRange> auto& range) {
  file.text("view", range.view);
  file.choice("range", range.kind, kRangeNames);
  file.real("from", range.from, -kMaxRangeEnd, kMaxRangeEnd);
  file.real("to", range.to, -kMaxRangeEnd, kMaxRangeEnd);
}

// Each member stands in the file only where it says something.
void describe(auto& file, PartOf<SceneLook> auto& look) {
  file.rare_choice("page", look.page, kPageNames);
  file.rare_choice("tab", look.tab, kTabNames);
  file.rare_choice("theme", look.theme, kThemeNames);
  file.rare_choice("signs", look.signs, kSignNames);
  file.rare_flag("backward", look.backward);
  file.rare_parts("ranges", look.ranges, kMaxFileRanges);
}

void describe(auto& file, PartOf<Scene> auto& scene) {
  file.text("note", scene.note);
  file.rare_part("look", scene.look);
  file.input("input", scene.input);
  describe_first(file, first_layer(scene));
  file.parts("chain", scene.layers, kMaxFileLayers, 1);
  file.part("learning", scene.learning);
  file.rare_part("backward", scene.backward);
}

}  // namespace convscope::files
