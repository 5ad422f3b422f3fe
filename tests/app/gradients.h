#pragma once

#include <stdexcept>

#include "app/session/backward.h"
#include "tests/app/app_harness.h"

namespace convscope::program {

// Returns the gradients of the first layer. Throws std::logic_error where there are none.
inline const LayerGradients& gradients(const AppHarness& h) {
  const BackwardResults* backward = h.app().live().backward();
  if (backward == nullptr || backward->layers.empty()) throw std::logic_error("no gradients");
  return backward->layers.front();
}

// Returns the position of a cell of a card that shows a plane of `tensor`.
inline ImVec2 cell_of(const AppHarness& h, const char* name, const Tensor& tensor, Index y,
                      Index x) {
  return h.cell(name, y, x, tensor.shape().h, tensor.shape().w);
}

}  // namespace convscope::program
