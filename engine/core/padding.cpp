#include "engine/core/padding.h"

namespace convscope::engine {

Tensor pad(const Tensor& input, const Padding& padding, PaddingMode mode) {
  const Shape& s = input.shape();
  Tensor result(
      Shape{s.n, s.c, s.h + padding.top + padding.bottom, s.w + padding.left + padding.right});
  for (Index n = 0; n < s.n; ++n) {
    for (Index c = 0; c < s.c; ++c) {
      for (Index y = 0; y < result.shape().h; ++y) {
        const Index from_y = padding_source(y - padding.top, s.h, mode);
        if (from_y < 0) continue;
        const float* from = input.row(n, c, from_y);
        float* to = result.row(n, c, y);
        for (Index x = 0; x < result.shape().w; ++x) {
          const Index from_x = padding_source(x - padding.left, s.w, mode);
          if (from_x >= 0) to[x] = from[from_x];
        }
      }
    }
  }
  return result;
}

const char* name(PaddingMode mode) {
  switch (mode) {
    case PaddingMode::kZeros:
      return "zeros";
    case PaddingMode::kReflect:
      return "reflect";
    case PaddingMode::kReplicate:
      return "replicate";
    case PaddingMode::kCircular:
      return "circular";
  }
  return "";
}

}  // namespace convscope::engine
