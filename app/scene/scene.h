#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/conv2d.h"
#include "engine/optimizer.h"
#include "engine/pool2d.h"
#include "engine/tensor.h"

// What a user edits and saves: plain structs with defaults. Tensors that may be large are shared
// and immutable, so that a copy of a Scene (for undo, or for a worker) costs next to nothing; equal
// scenes share the same one.
namespace convscope {

using TensorPtr = std::shared_ptr<const Tensor>;

struct InputScene {
  TensorPtr tensor;           // [1, C, H, W]; C is 1 (grey) or 3 (RGB)
  std::string name = "edge";  // a pattern's name, a picture's file name, or "drawn"
  std::string path;           // of the picture; empty for drawn and generated inputs
  bool color = false;         // the picture is kept as RGB
  Yx scaled_to{0, 0};         // what the picture was scaled to; 0 where it has its own size
  std::uint64_t seed = 0;     // of the noise pattern
  friend bool operator==(const InputScene&, const InputScene&) = default;
};

struct KernelScene {
  Tensor weight = Tensor::from_rows({{1.0f, -1.0f}});  // [1, 1, kh, kw], applied to every channel
  float bias = 0.0f;
  std::string preset = "edge [1, -1]";  // "custom" once a weight was edited
  std::uint64_t seed = 0;               // of the random preset
  friend bool operator==(const KernelScene&, const KernelScene&) = default;
};

enum class PaddingChoice { kExplicit, kSame, kValid };

struct ConvScene {
  PaddingChoice padding_choice = PaddingChoice::kExplicit;
  Padding padding;  // used by kExplicit
  PaddingMode padding_mode = PaddingMode::kZeros;
  Yx stride{1, 1};
  Yx dilation{1, 1};
  friend bool operator==(const ConvScene&, const ConvScene&) = default;
};

struct PoolScene {
  Pool2dOptions options;
  friend bool operator==(const PoolScene&, const PoolScene&) = default;
};

enum class LearningTarget { kHiddenKernel, kPanelKernel };
enum class LossReduction { kSum, kMean };

struct LearningScene {
  LearningTarget target = LearningTarget::kHiddenKernel;
  Tensor hidden = Tensor::from_rows({{1.0f, -1.0f}});  // [1, 1, kh, kw]
  std::uint64_t seed = 1;                              // of the start weights
  Tensor start;  // the start weights; drawn from the seed where it is not [1, 1, kh, kw]
  float rate = 0.03f;
  LossReduction reduction = LossReduction::kSum;
  OptimizerKind optimizer = OptimizerKind::kSgd;
  bool bias = false;   // is learned too
  float noise = 0.0f;  // standard deviation of what is added to the target
  int steps_per_frame = 1;
  friend bool operator==(const LearningScene&, const LearningScene&) = default;
};

struct Scene {
  InputScene input;
  KernelScene kernel;
  ConvScene conv;
  PoolScene pool;
  LearningScene learning;
  friend bool operator==(const Scene&, const Scene&) = default;
};

// The notebook's edge experiment, with which the program opens.
Scene default_scene();

// The options of the engine that a scene's convolution means for a kernel of `kernel` cells on an
// input with `channels` channels. Throws Error for "same" with a stride other than 1.
Conv2dOptions conv_options(const ConvScene& conv, Yx kernel, Index channels);

// The one [1, 1, kh, kw] kernel repeated for `channels` groups: [channels, 1, kh, kw].
Tensor per_channel_weight(const Tensor& weight, Index channels);

}  // namespace convscope
