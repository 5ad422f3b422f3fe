#include "engine/ops/conv2d_direct.h"

#include <algorithm>
#include <array>

#include "engine/core/padding.h"

namespace convscope::engine::direct {
namespace {

// One tap of a row: column x of `small` meets column x * step + shift of `large`.
struct Tap {
  Index step = 1;
  Index shift = 0;
  Index begin = 0, end = 0;  // the x for which column x * step + shift lies inside large
  Index count = 0;           // columns of small
  Index width = 0;           // columns of large
  PaddingMode mode = PaddingMode::kZeros;
};

Index ceil_div(Index a, Index b) {
  return a >= 0 ? (a + b - 1) / b : -(-a / b);
}

Tap make_tap(const Conv2dOptions& o, Index u, Index small_width, Index large_width) {
  Tap t;
  t.step = o.stride.x;
  t.shift = u * o.dilation.x - o.padding.left;
  t.count = small_width;
  t.width = large_width;
  t.mode = o.padding_mode;
  t.begin = std::clamp<Index>(ceil_div(-t.shift, t.step), 0, small_width);
  t.end = std::clamp<Index>(ceil_div(large_width - t.shift, t.step), t.begin, small_width);
  return t;
}

// Calls pair(x, ix) for each column x of small that meets a column ix of large through padding
// other than zeros.
template <typename Pair>
void for_each_padded(const Tap& t, const Pair& pair) {
  if (t.mode == PaddingMode::kZeros) return;
  for (Index x = 0; x < t.begin; ++x)
    pair(x, padding_source(x * t.step + t.shift, t.width, t.mode));
  for (Index x = t.end; x < t.count; ++x)
    pair(x, padding_source(x * t.step + t.shift, t.width, t.mode));
}

// Adds w * large[x * step + shift] to small[x].
void correlate_row(const Tap& t, float w, const float* __restrict large, float* __restrict small) {
  const float* from = large + t.shift;
  if (t.step == 1) {
    for (Index x = t.begin; x < t.end; ++x)
      small[x] += w * from[x];
  } else {
    for (Index x = t.begin; x < t.end; ++x)
      small[x] += w * from[x * t.step];
  }
  for_each_padded(t, [&](Index x, Index ix) { small[x] += w * large[ix]; });
}

// Adds w * small[x] to large[x * step + shift].
void spread_row(const Tap& t, float w, const float* __restrict small, float* __restrict large) {
  float* to = large + t.shift;
  if (t.step == 1) {
    for (Index x = t.begin; x < t.end; ++x)
      to[x] += w * small[x];
  } else {
    for (Index x = t.begin; x < t.end; ++x)
      to[x * t.step] += w * small[x];
  }
  for_each_padded(t, [&](Index x, Index ix) { large[ix] += w * small[x]; });
}

// Returns the sum of small[x] * large[x * step + shift], in independent lanes that the compiler
// turns into vectors.
double dot_row(const Tap& t, const float* __restrict small, const float* __restrict large) {
  constexpr Index kLanes = 16;
  const float* from = large + t.shift;
  std::array<float, kLanes> lanes{};
  Index x = t.begin;
  if (t.step == 1) {
    for (; x + kLanes <= t.end; x += kLanes) {
      for (Index l = 0; l < kLanes; ++l)
        lanes[static_cast<std::size_t>(l)] += small[x + l] * from[x + l];
    }
  }
  double sum = 0.0;
  for (const float lane : lanes)
    sum += static_cast<double>(lane);
  for (; x < t.end; ++x)
    sum += static_cast<double>(small[x] * from[x * t.step]);
  for_each_padded(t, [&](Index i, Index ix) { sum += static_cast<double>(small[i] * large[ix]); });
  return sum;
}

// Calls row(iy, v) for each kernel row v that meets row iy of large at row y of small.
template <typename Row>
void for_each_kernel_row(const Conv2dOptions& o, Index y, Index kernel_height, Index large_height,
                         const Row& row) {
  for (Index v = 0; v < kernel_height; ++v) {
    const Index iy = padding_source(y * o.stride.y + v * o.dilation.y - o.padding.top, large_height,
                                    o.padding_mode);
    if (iy >= 0) row(v, iy);
  }
}

std::vector<Tap> make_taps(const Conv2dOptions& o, Index kernel_width, Index small_width,
                           Index large_width) {
  std::vector<Tap> taps;
  for (Index u = 0; u < kernel_width; ++u)
    taps.push_back(make_tap(o, u, small_width, large_width));
  return taps;
}

}  // namespace

bool correlate(const Tensor& large, const Tensor& weight, std::span<const float> bias,
               const Conv2dOptions& options, Tensor& small, const std::stop_token& stop) {
  const Shape& k = weight.shape();
  const Shape& s = small.shape();
  const std::vector<Tap> taps = make_taps(options, k.w, s.w, large.shape().w);
  for (Index n = 0; n < s.n; ++n) {
    for (Index o = 0; o < k.n; ++o) {
      const Index first = o / (k.n / options.groups) * k.c;
      for (Index y = 0; y < s.h; ++y) {
        if (stop.stop_requested()) return false;
        float* row = small.row(n, o, y);
        std::fill_n(row, s.w, bias.empty() ? 0.0f : bias[static_cast<std::size_t>(o)]);
        for (Index i = 0; i < k.c; ++i) {
          for_each_kernel_row(options, y, k.h, large.shape().h, [&](Index v, Index iy) {
            const float* w = weight.row(o, i, v);
            const float* from = large.row(n, first + i, iy);
            for (const Tap& tap : taps)
              correlate_row(tap, *w++, from, row);
          });
        }
      }
    }
  }
  return true;
}

bool spread(const Tensor& small, const Tensor& weight, std::span<const float> bias,
            const Conv2dOptions& options, Tensor& large, const std::stop_token& stop) {
  const Shape& k = weight.shape();
  const Shape& s = small.shape();
  const std::vector<Tap> taps = make_taps(options, k.w, s.w, large.shape().w);
  for (Index n = 0; n < s.n; ++n) {
    for (Index c = 0; c < large.shape().c; ++c) {
      const std::span<float> plane = large.plane(n, c);
      std::fill(plane.begin(), plane.end(),
                bias.empty() ? 0.0f : bias[static_cast<std::size_t>(c)]);
    }
    for (Index o = 0; o < k.n; ++o) {
      const Index first = o / (k.n / options.groups) * k.c;
      for (Index y = 0; y < s.h; ++y) {
        if (stop.stop_requested()) return false;
        const float* row = small.row(n, o, y);
        for (Index i = 0; i < k.c; ++i) {
          for_each_kernel_row(options, y, k.h, large.shape().h, [&](Index v, Index iy) {
            const float* w = weight.row(o, i, v);
            float* to = large.row(n, first + i, iy);
            for (const Tap& tap : taps)
              spread_row(tap, *w++, row, to);
          });
        }
      }
    }
  }
  return true;
}

void grad_weight(const Tensor& large, const Tensor& small, const Conv2dOptions& options,
                 Tensor& grad_weight) {
  const Shape k = grad_weight.shape();
  const Shape& s = small.shape();
  const std::vector<Tap> taps = make_taps(options, k.w, s.w, large.shape().w);
  std::vector<double> sums(static_cast<std::size_t>(k.numel()));
  for (Index n = 0; n < s.n; ++n) {
    for (Index o = 0; o < k.n; ++o) {
      const Index first = o / (k.n / options.groups) * k.c;
      for (Index y = 0; y < s.h; ++y) {
        for (Index i = 0; i < k.c; ++i) {
          for_each_kernel_row(options, y, k.h, large.shape().h, [&](Index v, Index iy) {
            double* sum = sums.data() + ((o * k.c + i) * k.h + v) * k.w;
            for (const Tap& tap : taps)
              *sum++ += dot_row(tap, small.row(n, o, y), large.row(n, first + i, iy));
          });
        }
      }
    }
  }
  std::transform(sums.begin(), sums.end(), grad_weight.data(),
                 [](double sum) { return static_cast<float>(sum); });
}

}  // namespace convscope::engine::direct
