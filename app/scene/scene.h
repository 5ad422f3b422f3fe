#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "engine/core/revised.h"
#include "engine/core/tensor.h"
#include "engine/learning/optimizer.h"
#include "engine/ops/conv2d.h"
#include "engine/ops/loss.h"
#include "engine/ops/pool2d.h"

// What a user edits and saves: plain structs with defaults. Tensors that may be large are shared
// and immutable, so that a copy of a Scene (for undo, or for a worker) costs next to nothing. Two
// scenes are compared without looking at these values: equal ones share the same revision. In
// weights and biases NaN equals NaN: a scene equals its copy.
namespace convscope {

struct InputScene {
  TensorPtr tensor;           // [N, C, H, W]: N pictures; C is 1 (grey), 3 (RGB) or any other
  std::string name = "edge";  // a pattern's name, a picture's file name, or "drawn"
  std::string path;           // of the picture; empty for drawn and generated inputs
  bool color = false;         // the picture is kept as RGB
  Yx scaled_to{0, 0};         // what the picture was scaled to; 0 where it has its own size
  std::uint64_t seed = 0;     // of the noise pattern
  bool transposed = false;    // rows and columns were swapped
  friend bool operator==(const InputScene&, const InputScene&) = default;
};

struct KernelScene {
  // One kernel [1, 1, kh, kw] for every channel, or the filters of a layer, [C_out, C_in / groups,
  // kh, kw] (for transposed convolution [C_in, C_out / groups, kh, kw]).
  Tensor weight = Tensor::from_rows({{1.0f, -1.0f}});
  bool layer = false;
  std::vector<float> bias{0.0f};        // one value, or one for each output channel of a layer
  std::string preset = "edge [1, -1]";  // "custom" once a weight was edited
  std::uint64_t seed = 0;               // of the random preset
  // `weight` is the kernel turned by 180 degrees: the output is the convolution with the kernel.
  bool turned = false;
  friend bool operator==(const KernelScene& a, const KernelScene& b);
};

enum class PaddingChoice { kExplicit, kSame, kValid };

struct ConvScene {
  PaddingChoice padding_choice = PaddingChoice::kExplicit;
  Padding padding;  // used by kExplicit
  PaddingMode padding_mode = PaddingMode::kZeros;
  Yx stride{1, 1};
  Yx dilation{1, 1};
  Index groups = 1;         // of a layer; one kernel for every channel has as many as channels
  bool transposed = false;  // transposed convolution
  Yx output_padding{0, 0};  // of it
  friend bool operator==(const ConvScene&, const ConvScene&) = default;
};

struct PoolingScene {
  Pool2dOptions options;  // its padding is used by kExplicit
  PaddingChoice padding_choice = PaddingChoice::kExplicit;
  friend bool operator==(const PoolingScene&, const PoolingScene&) = default;
};

// A convolution, and what may follow it.
struct ConvolutionLayer {
  KernelScene kernel = {};
  ConvScene conv = {};
  bool relu = false;    // max(Y, 0) after the convolution
  bool pooled = false;  // and then pooling
  PoolingScene pool = {};
  friend bool operator==(const ConvolutionLayer&, const ConvolutionLayer&) = default;
};

// A layer of the network, of one of these kinds. What goes over the layers asks by std::visit what
// each does, and so does not compile until it knows a new kind.
struct LayerScene {
  std::variant<ConvolutionLayer> kind;
  friend bool operator==(const LayerScene&, const LayerScene&) = default;
};

// Where the layer is known to be a convolution.
inline const ConvolutionLayer& convolution(const LayerScene& layer) {
  return std::get<ConvolutionLayer>(layer.kind);
}
inline ConvolutionLayer& convolution(LayerScene& layer) {
  return std::get<ConvolutionLayer>(layer.kind);
}

// In their order: the input of each is what the one before it gives. Never empty.
using LayerList = std::vector<LayerScene>;

enum class LearningTarget { kHiddenKernel, kPanelKernel, kPicture };

inline constexpr Index kMostStopSteps = 1'000'000'000;

// When a run of learning pauses by itself.
struct StopRules {
  float loss = 0.0f;     // when the loss falls below this; 0: never
  Index steps = 0;       // after so many steps; 0: never
  bool plateau = false;  // when the loss hardly changes any more
  friend bool operator==(const StopRules&, const StopRules&) = default;
};

inline constexpr Index kMostComparedRuns = 8;

// Learns beside the run, from the same start, to be compared with it.
struct ComparedRun {
  OptimizerKind optimizer = OptimizerKind::kSgd;
  float rate = 0.03f;
  friend bool operator==(const ComparedRun&, const ComparedRun&) = default;
};

// As many data members as a user can choose of the learning: each is a field of the scene's file.
struct LearningScene {
  LearningTarget target = LearningTarget::kHiddenKernel;
  // The hidden kernel, of any size; it has as many planes as the scene's kernel.
  Tensor hidden = Tensor::from_rows({{1.0f, -1.0f}});
  TensorPtr picture;                   // the target of kPicture, [N, C_out, H', W']; null: zeros
  std::string picture_name = "drawn";  // the file's, or "drawn"
  std::uint64_t seed = 1;              // of the start weights
  // The start weights; drawn from the seed where the shape is not that of what is learned.
  Tensor start;
  std::vector<float> start_bias;  // the start of a learned bias; 0 where there are too few
  float rate = 0.03f;
  Reduction reduction = Reduction::kSum;
  OptimizerKind optimizer = OptimizerKind::kSgd;
  bool bias = false;   // is learned too
  float noise = 0.0f;  // standard deviation of what is added to the target
  int steps_per_frame = 1;
  StopRules stop;
  std::vector<ComparedRun> compared;
  friend bool operator==(const LearningScene& a, const LearningScene& b);
};

struct Scene {
  InputScene input;
  // The first is a convolution that pools: the Kernel page shows it, and it is what learns.
  LayerList layers{LayerScene{ConvolutionLayer{.pooled = true}}};
  LearningScene learning;
  std::string note;  // one line that the window shows until the scene is edited
  // The file that it was opened from or saved in, absolute; empty for none. Not written into it.
  std::string file;
  friend bool operator==(const Scene&, const Scene&) = default;
};

inline const ConvolutionLayer& first_layer(const Scene& scene) {
  return convolution(scene.layers.front());
}
inline ConvolutionLayer& first_layer(Scene& scene) {
  return convolution(scene.layers.front());
}

// The kernel turned by 180 degrees, every plane of it: what was cross-correlation with it becomes
// convolution, and the other way round.
KernelScene turned_over(KernelScene kernel);

// The same input with rows and columns swapped; it is still the same pattern or picture.
InputScene transposed(const InputScene& input);

// The notebook's edge experiment, with which the program opens.
Scene default_scene();

// What the engine takes for a layer of a scene.
struct LayerArguments {
  Tensor weight;            // as conv2d wants it: one kernel is repeated for every channel
  std::vector<float> bias;  // one for each output channel
  Conv2dOptions options;
  friend bool operator==(const LayerArguments&, const LayerArguments&) = default;
};

// For an input with `channels` channels. Throws Error for "same" with a stride other than 1.
LayerArguments layer_arguments(const KernelScene& kernel, const ConvScene& conv, Index channels);

// The options alone, for a kernel of `kernel` cells; `groups` as the engine takes it.
Conv2dOptions conv_options(const ConvScene& conv, Yx kernel, Index groups);

// What the engine takes for a pooling of an input of the shape `input`: "same" has its padding from
// it, at any stride.
Pool2dOptions pool_options(const PoolingScene& pool, const Shape& input);

// The one [1, 1, kh, kw] kernel repeated for `channels` groups: [channels, 1, kh, kw].
Tensor per_channel_weight(const Tensor& weight, Index channels);

// Output channels of a layer on an input with `channels` channels.
Index output_channels(const KernelScene& kernel, const ConvScene& conv, Index channels);

// Makes the layers take the channels that they are given: a weight gets as many input channels as
// its input has (new ones repeat those that are there), a bias as many values as there are output
// channels, the hidden kernel as many planes as the kernel, and groups that don't divide the
// channels become 1. Called after every edit.
void fit_channels(Scene& scene);

// `weight` cut or grown to n x c planes; new planes repeat the old ones.
Tensor with_planes(const Tensor& weight, Index n, Index c);

// Input and output channels exchanged, [n, c, kh, kw] -> [c, n, kh, kw]: the filters of a layer as
// its transposed convolution takes them.
Tensor with_channels_swapped(const Tensor& weight);

// One plane of a weight as [1, 1, kh, kw]; places out of range are brought into it.
Tensor weight_plane(const Tensor& weight, Index n, Index c);

// `weight` with one of its planes replaced; where `plane` has another size, all planes are cut or
// grown to it around their centres.
Tensor with_plane(const Tensor& weight, Index n, Index c, const Tensor& plane);

}  // namespace convscope
