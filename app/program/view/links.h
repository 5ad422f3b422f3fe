#pragma once

#include <optional>

#include "app/program/names.h"
#include "engine/core/tensor.h"

namespace convscope::program {

// The cell under the pointer, in whichever panel it is; at most one is set. Every panel outlines
// what is linked to it. Written by the panel that is hovered, read by all in the next frame.
struct Links {
  std::optional<Yx> input = {};
  std::optional<Yx> weight = {};
  std::optional<Yx> gradient = {};  // of the learned kernel
  std::optional<Yx> output = {};
  std::optional<Yx> error = {};  // of the prediction
  std::optional<Yx> pooled = {};
  friend bool operator==(const Links&, const Links&) = default;
};

}  // namespace convscope::program
