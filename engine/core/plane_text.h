#pragma once

#include <string>

#include "engine/core/shape_text.h"
#include "engine/core/tensor.h"

namespace convscope::engine {

// Writes "6 × 8" for one plane, "3 × 480 × 640" for several channels, and "4 × 3 × 28 × 28" for
// several pictures.
inline std::string plane_text(const Shape& shape) {
  std::string text = size_text({shape.h, shape.w});
  if (shape.c > 1 || shape.n > 1) text = std::to_string(shape.c) + " × " + text;
  if (shape.n > 1) text = std::to_string(shape.n) + " × " + text;
  return text;
}

}  // namespace convscope::engine
