#pragma once

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <ostream>

#include "engine/ops/conv2d.h"
#include "engine/ops/fast/targets.h"
#include "tests/engine/testing.h"
// Must come after targets.h, which defines the targets to compile for.
#include <hwy/targets.h>

// Draws random convolutions for property tests, with awkward sizes and every option.
namespace convscope::engine {

struct ConvCase {
  Shape input;
  Shape weight;
  Conv2dOptions options;
  bool bias = false;
  Index rank = 0;  // of each kernel; 0 for any rank
  std::uint64_t seed = 1;
};

inline std::ostream& operator<<(std::ostream& os, const ConvCase& c) {
  const Padding& p = c.options.padding;
  return os << "input " << to_string(c.input) << " weight " << to_string(c.weight) << " stride "
            << c.options.stride.y << "," << c.options.stride.x << " dilation "
            << c.options.dilation.y << "," << c.options.dilation.x << " padding " << p.top << ","
            << p.left << "," << p.bottom << "," << p.right << " mode "
            << static_cast<int>(c.options.padding_mode) << " groups " << c.options.groups
            << " transposed " << c.options.transposed << " output padding "
            << c.options.output_padding.y << "," << c.options.output_padding.x << " bias " << c.bias
            << " rank " << c.rank;
}

// Draws a number from the whole range from the first case on (RapidCheck's ranges start small).
inline Index draw(Index from, Index to) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<Index>(from, to + 1));
}

// Returns random weights; with a rank, sums of that many outer products.
inline Tensor random_kernel(const Shape& shape, Index rank, std::uint64_t seed) {
  Tensor result = random_tensor(shape, seed);
  if (rank == 0) return result;
  result.fill(0.0f);
  const Tensor columns = random_tensor({shape.n, rank, shape.c, shape.h}, seed + 1);
  const Tensor rows = random_tensor({shape.n, rank, shape.c, shape.w}, seed + 2);
  for (Index o = 0; o < shape.n; ++o)
    for (Index k = 0; k < rank; ++k)
      for (Index i = 0; i < shape.c; ++i)
        for (Index v = 0; v < shape.h; ++v)
          for (Index u = 0; u < shape.w; ++u)
            result.at(o, i, v, u) += columns.at(o, k, i, v) * rows.at(o, k, i, u);
  return result;
}

// The limits within which a case varies.
struct CaseLimits {
  Index size = 40;     // of the input on each axis
  Index kernel = 9;    // of the kernel on each axis
  Index channels = 1;  // of a group, input and output
  bool strides = false;
  bool dilations = true;
};

// Draws a case whose kernel fits into its padded input.
inline ConvCase draw_case(const CaseLimits& limits) {
  ConvCase c;
  Conv2dOptions& o = c.options;
  o.groups = draw(1, 3);
  c.weight = {o.groups * draw(1, limits.channels), draw(1, limits.channels), draw(1, limits.kernel),
              draw(1, limits.kernel)};
  c.input = {draw(1, 2), o.groups * c.weight.c, draw(1, limits.size), draw(1, limits.size)};
  if (limits.strides) o.stride = {draw(1, 5), draw(1, 5)};
  if (limits.dilations && draw(0, 2) == 0) o.dilation = {draw(1, 3), draw(1, 3)};
  o.padding_mode = static_cast<PaddingMode>(draw(0, 3));
  const Index less = o.padding_mode == PaddingMode::kReflect ? 1 : 0;
  const bool bounded = less == 1 || o.padding_mode == PaddingMode::kCircular;
  const Index most_y = bounded ? std::min<Index>(c.input.h - less, 9) : 9;
  const Index most_x = bounded ? std::min<Index>(c.input.w - less, 9) : 9;
  o.padding = {draw(0, most_y), draw(0, most_x), draw(0, most_y), draw(0, most_x)};
  const Padding& p = o.padding;
  RC_PRE(o.dilation.y * (c.weight.h - 1) < c.input.h + p.top + p.bottom);
  RC_PRE(o.dilation.x * (c.weight.w - 1) < c.input.w + p.left + p.right);
  c.bias = draw(0, 1) == 1;
  c.seed = static_cast<std::uint64_t>(draw(1, 1000));
  return c;
}

// Runs `check` with each instruction set that both this machine and this program have, then
// restores the best one.
template <typename Check>
void for_each_target(const Check& check) {
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    hwy::GetChosenTarget().Update(target);
    check(hwy::TargetName(target));
  }
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

}  // namespace convscope::engine
