#pragma once

#include "app/scene/names.h"
#include "engine/core/tensor.h"

namespace convscope::scene {

// What the values of an input mean. It is set when the input is made, and painting does not change
// it. The automatic colours follow it.
enum class InputMeaning {
  kAmounts,     // from zero up, as patterns and drawings have them
  kSigned,      // numbers on both sides of zero
  kPhotograph,  // light: shown in grey, or in its colours
};

// Returns the meaning of numbers that were read or pasted: kSigned if one of them is negative.
InputMeaning meaning_of(const Tensor& values);

}  // namespace convscope::scene
