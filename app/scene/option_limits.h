#pragma once

#include <algorithm>

#include "app/scene/names.h"
#include "engine/core/tensor.h"
#include "engine/learning/optimizer.h"

// The limits of the window's controls, which are also those of scene files.
namespace convscope::scene {

inline constexpr Index kMaxInputValues = Index{1} << 28;  // values of an input, which take 1 GB
inline constexpr Index kMaxPadding = 64;
// Padding "same" may be more than kMaxPadding: half of (kernel - 1) · dilation.
inline constexpr Index kMaxFilePadding = 512;
inline constexpr Index kMaxStride = 64;
inline constexpr Index kMaxDilation = 32;
inline constexpr Index kMaxGroups = 4096;  // as many as a layer can have channels
inline constexpr Index kMaxPoolSize = 64;  // for a pooling window and its stride
inline constexpr Index kMaxDivisor = 4096;
inline constexpr Index kMaxStepsPerFrame = 10000;
inline constexpr Index kMaxStepsPerSecond = 60;
inline constexpr double kMaxShareOfCliff = 1e6;
inline constexpr double kMaxNoise = 1e3;
inline constexpr double kMaxStopLoss = 1e9;
inline constexpr float kMinFontScale = 0.6f;
inline constexpr float kMaxFontScale = 3.0f;

// Returns a learning rate as a scene holds it, clamped to be positive and finite as a float.
inline float float_rate(double rate) {
  return static_cast<float>(std::clamp(rate, kMinRate, kMaxRate));
}

}  // namespace convscope::scene
