#include "engine/ops/input_edits.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/number_text.h"
#include "engine/core/random.h"

namespace convscope::engine {
namespace {

// Returns the cell of an axis of `n` cells that stands at i after the shift by `by`; -1 for a zero.
Index source(Index i, Index by, Index n, ShiftFill fill) {
  const Index from = i - by;
  switch (fill) {
    case ShiftFill::kZero:
      return from >= 0 && from < n ? from : -1;
    case ShiftFill::kEdge:
      return std::clamp<Index>(from, 0, n - 1);
    case ShiftFill::kWrap:
      return (from % n + n) % n;
  }
  return -1;
}

// Returns the sources of all cells of an axis.
std::vector<Index> sources(Index n, Index by, ShiftFill fill) {
  std::vector<Index> result(static_cast<std::size_t>(n));
  for (Index i = 0; i < n; ++i)
    result[static_cast<std::size_t>(i)] = source(i, by, n, fill);
  return result;
}

// Replaces every value by what `of` makes of it; throws Error with `what` where that makes a finite
// value one that is not.
template <typename Function>
void replace_values(Tensor& values, const char* what, Function of) {
  for (float& value : values.values()) {
    const float before = value;
    value = of(before);
    if (std::isfinite(before) && !std::isfinite(value))
      throw Error(std::string(what) + " makes " + number_text(static_cast<double>(before)) +
                  " larger than a float32 can be; take smaller numbers");
  }
}

}  // namespace

Tensor shifted(const Tensor& input, Yx by, ShiftFill fill) {
  const Shape& s = input.shape();
  Tensor result(s);
  const std::vector<Index> rows = sources(s.h, by.y, fill);
  const std::vector<Index> columns = sources(s.w, by.x, fill);
  for (Index plane = 0; plane < s.n * s.c; ++plane) {
    for (Index y = 0; y < s.h; ++y) {
      const Index from_y = rows[static_cast<std::size_t>(y)];
      if (from_y < 0) continue;
      const float* from = input.row(plane / s.c, plane % s.c, from_y);
      float* to = result.row(plane / s.c, plane % s.c, y);
      for (const Index x : columns) {
        *to++ = x < 0 ? 0.0f : from[x];
      }
    }
  }
  return result;
}

void scale(Tensor& values, float factor, float summand) {
  replace_values(values, "this scale", [=](float value) { return factor * value + summand; });
}

void add_noise(Tensor& values, double deviation, std::uint64_t seed) {
  Random random(seed ^ 0x6e6f697365ull);
  replace_values(values, "this noise", [&](float value) {
    const double u = 1.0 - static_cast<double>(random.uniform(0.0f, 1.0f));  // above 0
    const auto v = static_cast<double>(random.uniform(0.0f, 1.0f));
    const double normal = std::sqrt(-2.0 * std::log(u)) * std::cos(2.0 * std::numbers::pi * v);
    return value + static_cast<float>(deviation * normal);
  });
}

void threshold(Tensor& values, float least) {
  for (float& value : values.values()) {
    if (!std::isnan(value)) value = value >= least ? 1.0f : 0.0f;
  }
}

}  // namespace convscope::engine
