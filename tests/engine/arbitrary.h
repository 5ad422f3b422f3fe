#pragma once

// RapidCheck's header uses GoogleTest without including it.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <ostream>

#include "engine/core/error.h"
#include "engine/ops/conv2d.h"
#include "engine/ops/pool2d.h"

// Draws random shapes and options that fit together.
namespace convscope::engine {

// Draws a number from lo to hi, both included. Uses the whole range from the first case on, while
// RapidCheck's ranges start small.
inline Index pick(Index lo, Index hi) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<Index>(lo, hi + 1));
}

struct ConvCase {
  Shape input;
  Shape weight;
  Conv2dOptions options;
  Yx kernel() const { return {weight.h, weight.w}; }
};

// Enlarges the input until the kernel and the padding mode fit.
inline void make_fit(ConvCase& c) {
  const Conv2dOptions& o = c.options;
  if (o.transposed) return;
  const Index less = o.padding_mode == PaddingMode::kReflect    ? 1
                     : o.padding_mode == PaddingMode::kCircular ? 0
                                                                : -9;
  const Padding& p = o.padding;
  c.input.h = std::max({c.input.h, std::max(p.top, p.bottom) + less,
                        o.dilation.y * (c.weight.h - 1) + 1 - p.top - p.bottom});
  c.input.w = std::max({c.input.w, std::max(p.left, p.right) + less,
                        o.dilation.x * (c.weight.w - 1) + 1 - p.left - p.right});
}

inline Conv2dOptions arbitrary_options() {
  Conv2dOptions o;
  o.transposed = pick(0, 3) == 3;
  o.stride = {pick(1, 4), pick(1, 4)};
  o.dilation = {pick(1, 3), pick(1, 3)};
  o.padding = {pick(0, 3), pick(0, 3), pick(0, 3), pick(0, 3)};
  if (o.transposed) {
    o.output_padding = {pick(0, std::max(o.stride.y, o.dilation.y) - 1),
                        pick(0, std::max(o.stride.x, o.dilation.x) - 1)};
  } else {
    o.padding_mode = static_cast<PaddingMode>(pick(0, 3));
  }
  return o;
}

// Draws a case with an output, of any batch, channels and groups.
inline ConvCase arbitrary_case() {
  ConvCase c;
  c.options = arbitrary_options();
  c.options.groups = pick(1, 3);
  const Index in = pick(1, 2);
  const Index out = pick(1, 2);
  c.input = {pick(1, 2), in * c.options.groups, pick(1, 9), pick(1, 20)};
  c.weight = {out * c.options.groups, in, pick(1, 5), pick(1, 5)};
  if (c.options.transposed) c.weight = {c.input.c, out, c.weight.h, c.weight.w};
  make_fit(c);
  try {
    static_cast<void>(conv2d_output_shape(c.input, c.weight, c.options));
  } catch (const Error&) {
    RC_DISCARD("the padding takes all of a transposed convolution's output");
  }
  return c;
}

// Draws a case with one picture, one channel and one kernel.
inline ConvCase arbitrary_plane_case() {
  ConvCase c = arbitrary_case();
  c.options.groups = 1;
  c.input = {1, 1, c.input.h, c.input.w};
  c.weight = {1, 1, c.weight.h, c.weight.w};
  return c;
}

struct PoolCase {
  Shape input;
  Pool2dOptions options;
};

// Draws the padding of four sides; one case in three allows more than half the kernel.
inline void pick_padding(Pool2dOptions& o) {
  o.allow_large_padding = pick(0, 2) == 0;
  const Yx k = o.kernel;
  const Yx most = o.allow_large_padding ? Yx{k.y + 3, k.x + 3} : Yx{k.y / 2, k.x / 2};
  o.padding = {pick(0, most.y), pick(0, most.x), pick(0, most.y), pick(0, most.x)};
}

inline PoolCase arbitrary_pool_case() {
  PoolCase c;
  Pool2dOptions& o = c.options;
  o.kind = pick(0, 1) == 0 ? PoolKind::kMax : PoolKind::kAverage;
  o.kernel = {pick(1, 5), pick(1, 5)};
  o.stride = {pick(1, 5), pick(1, 5)};
  pick_padding(o);
  o.ceil_mode = pick(0, 1) == 1;
  o.count_include_pad = pick(0, 1) == 1;
  if (o.kind == PoolKind::kMax)
    o.dilation = {pick(1, 3), pick(1, 3)};
  else
    o.divisor_override = pick(0, 2);
  const auto least = [](Index k, Index d, Index before, Index after) {
    return std::max<Index>(1, d * (k - 1) + 1 - before - after);
  };
  const Padding& p = o.padding;
  c.input = {pick(1, 2), pick(1, 2), least(o.kernel.y, o.dilation.y, p.top, p.bottom) + pick(0, 7),
             least(o.kernel.x, o.dilation.x, p.left, p.right) + pick(0, 20)};
  return c;
}

inline std::ostream& operator<<(std::ostream& os, Yx v) {
  return os << '(' << v.y << ", " << v.x << ')';
}

inline std::ostream& operator<<(std::ostream& os, const Conv2dOptions& o) {
  const Padding& p = o.padding;
  return os << "stride " << o.stride << " padding (" << p.top << ", " << p.left << ", " << p.bottom
            << ", " << p.right << ") mode " << static_cast<int>(o.padding_mode) << " dilation "
            << o.dilation << " groups " << o.groups << (o.transposed ? " transposed" : "")
            << " output padding " << o.output_padding;
}

}  // namespace convscope::engine
