#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/scene/input_meaning.h"
#include "app/scene/names.h"
#include "app/scene/optimizer_tuning.h"
#include "app/scene/scene_look.h"
#include "engine/core/revised.h"
#include "engine/core/tensor.h"
#include "engine/learning/optimizer.h"
#include "engine/ops/conv2d.h"
#include "engine/ops/input_edits.h"
#include "engine/ops/loss.h"
#include "engine/ops/pool2d.h"

// What a user edits and saves: plain structs with defaults. Tensors that may be large are shared
// and immutable, so that a copy of a Scene (for undo, or for a worker) costs next to nothing. Two
// scenes are compared without looking at these values: equal ones share the same revision. In
// weights and biases NaN equals NaN: a scene equals its copy.
namespace convscope::scene {

// How an input came about whose last change was a shift: results are compared with those of the
// input before.
struct InputShift {
  TensorPtr from;  // before it was shifted, of the same shape; null where it was not
  Yx by;           // in all, down and to the right
  ShiftFill fill = ShiftFill::kZero;
  friend bool operator==(const InputShift&, const InputShift&) = default;
};

// The input.
struct InputScene {
  TensorPtr tensor;           // [N, C, H, W]: N pictures; C is 1 (grey), 3 (RGB) or any other
  std::string name = "edge";  // a pattern's name, a picture's file name, or "drawn"
  std::string path;           // path of the picture; empty for drawn and generated inputs
  bool color = false;         // whether the picture is kept as RGB
  Yx scaled_to{0, 0};         // size that the picture was resampled to; 0 if it has its own
  std::uint64_t seed = 0;     // seed of the noise pattern
  bool transposed = false;    // whether rows and columns were swapped
  InputMeaning meaning = InputMeaning::kAmounts;
  InputShift shift = {};  // not saved
  friend bool operator==(const InputScene&, const InputScene&) = default;
};

// The weights of a layer.
struct KernelScene {
  // One kernel [1, 1, kh, kw] for every channel, or the filters of a layer, [C_out, C_in / groups,
  // kh, kw] (for transposed convolution [C_in, C_out / groups, kh, kw]).
  Tensor weight = Tensor::from_rows({{1.0f, -1.0f}});
  bool layer = false;                   // whether `weight` is the filters of a layer
  std::vector<float> bias{0.0f};        // one value, or one for each output channel of a layer
  std::string preset = "edge [1, -1]";  // "custom" once a weight was edited
  std::uint64_t seed = 0;               // seed of the random preset
  // Whether `weight` is the kernel turned by 180 degrees, so that the output is the convolution
  // with the kernel.
  bool turned = false;
  friend bool operator==(const KernelScene& a, const KernelScene& b);
};

// How padding is given: as numbers, or as PyTorch's "same" or "valid".
enum class PaddingChoice { kExplicit, kSame, kValid };

// The options of a convolution.
struct ConvScene {
  PaddingChoice padding_choice = PaddingChoice::kExplicit;
  Padding padding;  // used by kExplicit
  PaddingMode padding_mode = PaddingMode::kZeros;
  Yx stride{1, 1};
  Yx dilation{1, 1};
  Index groups = 1;         // for a layer; a kernel shared by every channel has a group for each
  bool transposed = false;  // whether the convolution is transposed
  Yx output_padding{0, 0};  // for transposed convolution
  friend bool operator==(const ConvScene&, const ConvScene&) = default;
};

// The options of a pooling.
struct PoolingScene {
  Pool2dOptions options;  // their padding is only used by kExplicit
  PaddingChoice padding_choice = PaddingChoice::kExplicit;
  friend bool operator==(const PoolingScene&, const PoolingScene&) = default;
};

// A convolution with the ReLU and the pooling that may follow it.
struct ConvolutionLayer {
  KernelScene kernel = {};
  ConvScene conv = {};
  bool relu = false;    // whether max(Y, 0) follows the convolution
  bool pooled = false;  // whether pooling follows at the end
  PoolingScene pool = {};
  friend bool operator==(const ConvolutionLayer&, const ConvolutionLayer&) = default;
};

// A layer of the network. Code that handles layers uses std::visit, so that it doesn't compile
// until it handles a new kind.
struct LayerScene {
  std::variant<ConvolutionLayer> kind;
  friend bool operator==(const LayerScene&, const LayerScene&) = default;
};

// Returns the convolution that a layer is known to be.
inline const ConvolutionLayer& convolution(const LayerScene& layer) {
  return std::get<ConvolutionLayer>(layer.kind);
}
inline ConvolutionLayer& convolution(LayerScene& layer) {
  return std::get<ConvolutionLayer>(layer.kind);
}

// The layers in order, never empty. The input of each layer is the result of the one before it.
using LayerList = std::vector<LayerScene>;

// What makes the target of learning: a hidden kernel, the scene's first kernel, or a picture.
enum class LearningTarget { kHiddenKernel, kPanelKernel, kPicture };

inline constexpr Index kMaxStopSteps = 1'000'000'000;

// When a run ends by itself.
struct StopRules {
  float loss = 0.0f;  // when the loss falls below this; 0 means never
  Index steps = 0;    // after so many steps; 0 means never
  // When the loss hardly changes any more. Where nobody has chosen, a run that is to take a number
  // of steps takes them all, and every other run ends at a plateau.
  std::optional<bool> plateau = {};
  // Returns whether a plateau ends the run after so many steps.
  bool ends_at_plateau(Index step) const { return plateau.value_or(steps == 0 || step > steps); }
  friend bool operator==(const StopRules&, const StopRules&) = default;
};

inline constexpr Index kMaxComparedRuns = 8;

// A run that learns beside the main run, from the same start, for comparison.
struct ComparedRun {
  OptimizerKind optimizer = OptimizerKind::kSgd;
  float rate = 0.03f;
  friend bool operator==(const ComparedRun&, const ComparedRun&) = default;
};

// The settings of learning. It has many data members, because each is a field of the scene file.
struct LearningScene {
  LearningTarget target = LearningTarget::kHiddenKernel;
  // The hidden kernel, of any size. It has as many planes as the scene's kernel.
  Tensor hidden = Tensor::from_rows({{1.0f, -1.0f}});
  TensorPtr picture;                   // for kPicture: [N, C_out, H', W']; null means zeros
  std::string picture_name = "drawn";  // the file's name, or "drawn"
  std::uint64_t seed = 1;              // seed of the initial weights
  // The initial weights; drawn from the seed if their shape is not that of the learned weights.
  Tensor start;
  std::vector<float> start_bias;  // initial values of a learned bias; 0 if there are too few
  float rate = 0.03f;
  // Above 0 the rate is this share of the cliff 2/λmax instead, where that is known: it means the
  // same whatever the input.
  float share_of_cliff = 0.0f;
  Reduction reduction = Reduction::kSum;
  OptimizerKind optimizer = OptimizerKind::kSgd;
  OptimizerTuning tuning;  // also of the compared runs
  bool bias = false;       // whether a bias is learned too
  float noise = 0.0f;      // standard deviation of the noise added to the target
  int steps_per_frame = 1;
  int steps_per_second = 0;  // so many a second instead, to be followed by eye; 0 means by frames
  StopRules stop;
  std::vector<ComparedRun> compared;
  friend bool operator==(const LearningScene& a, const LearningScene& b);
};

// What begins the gradient that goes backward through the layers.
enum class GradientSource {
  kCell,        // a 1 in one cell of the layers' result: the loss L is that cell
  kOutputCell,  // the same in the last convolution's output, before its ReLU and pooling
  kPicture,     // a picture G of the result's shape: L = Σ G · result
  kError,       // the error of the learning, whose loss L is
};

struct BackwardScene {
  GradientSource source = GradientSource::kCell;
  Index sample = 0;        // the picture of the stack that the cell is in
  Index channel = 0;       // its channel
  std::optional<Yx> cell;  // the middle one, or one near it, where nobody has chosen
  TensorPtr picture;       // for kPicture: [N, C, H, W]; null means zeros
  friend bool operator==(const BackwardScene&, const BackwardScene&) = default;
};

// Everything that a user edits and saves.
struct Scene {
  InputScene input;
  // The first layer is a convolution with pooling. The Kernel page shows it, and its kernel is the
  // one that is learned.
  LayerList layers{LayerScene{ConvolutionLayer{.pooled = true}}};
  LearningScene learning;
  BackwardScene backward;
  std::string note;  // one line that the window shows until the scene is edited
  SceneLook look;
  // Absolute path of the file that the scene was opened from or saved to; empty for none. The path
  // is not saved.
  std::string file;
  friend bool operator==(const Scene&, const Scene&) = default;
};

// Returns the first layer.
inline const ConvolutionLayer& first_layer(const Scene& scene) {
  return convolution(scene.layers.front());
}
inline ConvolutionLayer& first_layer(Scene& scene) {
  return convolution(scene.layers.front());
}

// Returns the kernel with every plane rotated by 180°, which exchanges cross-correlation and
// convolution.
KernelScene rotated_180(KernelScene kernel);

// Returns the input with rows and columns swapped; it stays the same pattern or picture.
InputScene transposed(const InputScene& input);

// Returns the notebook's edge experiment, with which the program opens.
Scene default_scene();

// The arguments of conv2d for a layer of a scene.
struct LayerArguments {
  Tensor weight;            // as conv2d takes it: one kernel is repeated for every channel
  std::vector<float> bias;  // one for each output channel
  Conv2dOptions options;
  friend bool operator==(const LayerArguments&, const LayerArguments&) = default;
};

// Returns the arguments for an input with `channels` channels. Throws Error for "same" with a
// stride other than 1.
LayerArguments layer_arguments(const KernelScene& kernel, const ConvScene& conv, Index channels);

// Returns only the options, for a kernel of `kernel` (kh, kw) cells; `groups` is the engine's.
Conv2dOptions conv_options(const ConvScene& conv, Yx kernel, Index groups);

// Returns the engine's options of a pooling for an input of shape `input`, which determines the
// padding of "same" at any stride.
Pool2dOptions pool_options(const PoolingScene& pool, const Shape& input);

// Returns one [1, 1, kh, kw] kernel repeated for `channels` groups: [channels, 1, kh, kw].
Tensor per_channel_weight(const Tensor& weight, Index channels);

// Returns the number of output channels of a layer for an input with `channels` channels.
Index output_channels(const KernelScene& kernel, const ConvScene& conv, Index channels);

// Fits the layers to their numbers of channels: a weight gets as many input channels as its input
// has (new ones repeat those that exist), a bias as many values as there are output channels, the
// hidden kernel as many planes as the kernel, and groups that don't divide the channels become 1.
// Called after every edit.
void fit_channels(Scene& scene);

// Returns `weight` reduced or extended to n x c planes; new planes repeat the old ones.
Tensor with_planes(const Tensor& weight, Index n, Index c);

// Exchanges input and output channels, [n, c, kh, kw] -> [c, n, kh, kw]: turns the filters of a
// layer into those of its transposed convolution.
Tensor with_channels_swapped(const Tensor& weight);

// Returns one plane of a weight as [1, 1, kh, kw]; indices out of range are clamped.
Tensor weight_plane(const Tensor& weight, Index n, Index c);

// Returns `weight` with one plane replaced. If `plane` has another size, all planes are cropped or
// extended to it around their centres.
Tensor with_plane(const Tensor& weight, Index n, Index c, const Tensor& plane);

}  // namespace convscope::scene
