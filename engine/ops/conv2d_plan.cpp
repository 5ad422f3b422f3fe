#include "engine/ops/conv2d_plan.h"

#include <algorithm>
#include <cmath>

#include "engine/ops/conv2d_direct.h"
#include "engine/ops/fast/fft_path.h"
#include "engine/ops/fast/layer_path.h"
#include "engine/ops/fast/low_rank_path.h"
#include "engine/ops/fast/plane_path.h"
#include "engine/ops/fast/spread_path.h"
#include "engine/ops/fast/weight_path.h"
#include "engine/ops/fast/workspace.h"
#include "engine/ops/padded_gradient.h"
#include "engine/ops/ring_gradient.h"

namespace convscope::engine {

namespace {

// Below this many multiplications, any preparation costs more than it saves.
constexpr Index kSmallWork = 4096;

Conv2dOptions rotated_options(const Shape& kernel, const Conv2dOptions& o) {
  Conv2dOptions rotated;
  rotated.dilation = o.dilation;
  rotated.groups = o.groups;
  rotated.padding.top = o.dilation.y * (kernel.h - 1) - o.padding.top;
  rotated.padding.left = o.dilation.x * (kernel.w - 1) - o.padding.left;
  return rotated;
}

// Returns whether Fourier transforms are worth it: a direct computation must cost more than
// kPairWork products a pair of tiles, and the kernel must be large enough for the direct sum to
// have rounding errors as large as those of the transforms.
bool fft_pays(const Shape& k, const Shape& small, const Conv2dOptions& options) {
  constexpr Index kPairWork = 3'500'000;
  constexpr Index kLeastCells = 11 * 11;
  return k.h * k.w >= kLeastCells &&
         small.numel() * k.h * k.w > kPairWork * (fast::fft_tile_pairs(k, small, options) + k.n);
}

// Computes by Fourier transforms. These would spread a NaN or infinity over a whole tile, so an
// input with such values goes to the direct path.
bool fft(const Tensor& large, const Tensor& weight, std::span<const float> bias,
         const Conv2dOptions& options, Tensor& small, Conv2dWorkspace& workspace,
         const std::stop_token& stop) {
  const fast::PathOutcome outcome =
      fast::fft_path(large, weight, bias, options, small, workspace.scratch(), stop);
  if (outcome != fast::PathOutcome::kNotFinite) return outcome == fast::PathOutcome::kFinished;
  return fast::layer_path(large, weight, bias, options, small, workspace.scratch(), stop);
}

// Computes with as many outer products as pay off, or with as many as any kernel needs where the
// caller insists on this path. Terms of opposite sign would turn an infinity into NaN, so an input
// with such values goes to the direct path.
bool low_rank(const Tensor& large, const Tensor& weight, std::span<const float> bias,
              const Conv2dOptions& options, Tensor& small, Conv2dWorkspace& workspace,
              const std::stop_token& stop) {
  fast::Workspace& scratch = workspace.scratch();
  const Shape& k = weight.shape();
  Index most = fast::worthwhile_rank(k);
  if (most == 0 || fast::low_rank(weight, most, scratch.low_rank).rank == 0)
    most = std::min(k.h, k.w);
  const fast::PathOutcome outcome =
      fast::low_rank_path(large, weight, most, bias, options, small, scratch, stop);
  if (outcome != fast::PathOutcome::kNotFinite) return outcome == fast::PathOutcome::kFinished;
  return fast::plane_path(large, weight, bias, options, small, {0, small.shape().h}, scratch, stop);
}

}  // namespace

Conv2dWorkspace::Conv2dWorkspace() : scratch_(std::make_unique<fast::Workspace>()) {}
Conv2dWorkspace::~Conv2dWorkspace() = default;
Conv2dWorkspace::Conv2dWorkspace(Conv2dWorkspace&&) noexcept = default;
Conv2dWorkspace& Conv2dWorkspace::operator=(Conv2dWorkspace&&) noexcept = default;

const char* name(Conv2dPath path) {
  switch (path) {
    case Conv2dPath::kPlain:
      return "plain";
    case Conv2dPath::kPlane:
      return "plane";
    case Conv2dPath::kLayer:
      return "layer";
    case Conv2dPath::kFft:
      return "fft";
    case Conv2dPath::kLowRank:
      return "low rank";
  }
  return "";
}

bool path_fits(Conv2dPath path, const Shape& large, const Shape& weight,
               const Conv2dOptions& options) {
  switch (path) {
    case Conv2dPath::kPlain:
    case Conv2dPath::kLayer:
      return true;
    case Conv2dPath::kPlane:
      return weight.c == 1 && options.stride == Yx{1, 1} && options.padding.top >= 0 &&
             options.padding.left >= 0;
    case Conv2dPath::kFft:
      return fast::fft_fits(weight, options);
    case Conv2dPath::kLowRank:
      return fast::low_rank_fits(large, weight, options);
  }
  return false;
}

Conv2dPath choose_path(const Shape& large, const Tensor& weight, const Shape& small,
                       const Conv2dOptions& options, Conv2dWorkspace& workspace) {
  const Shape& k = weight.shape();
  if (small.numel() * k.c * k.h * k.w < kSmallWork) return Conv2dPath::kPlain;
  if (path_fits(Conv2dPath::kLowRank, large, k, options)) {
    const Index most = fast::worthwhile_rank(k);
    if (most > 0 && fast::low_rank(weight, most, workspace.scratch().low_rank).rank > 0)
      return Conv2dPath::kLowRank;
  }
  if (path_fits(Conv2dPath::kFft, large, k, options) && fft_pays(k, small, options))
    return Conv2dPath::kFft;
  if (path_fits(Conv2dPath::kPlane, large, k, options)) return Conv2dPath::kPlane;
  return Conv2dPath::kLayer;
}

bool correlate(const Tensor& large, const Tensor& weight, std::span<const float> bias,
               const Conv2dOptions& options, Tensor& small, Conv2dWorkspace& workspace,
               const std::stop_token& stop, std::optional<Conv2dPath> path) {
  if (!path) path = choose_path(large.shape(), weight, small.shape(), options, workspace);
  assert(path_fits(*path, large.shape(), weight.shape(), options));
  switch (*path) {
    case Conv2dPath::kPlain:
      return direct::correlate(large, weight, bias, options, small, stop);
    case Conv2dPath::kPlane:
      return fast::plane_path(large, weight, bias, options, small, {0, small.shape().h},
                              workspace.scratch(), stop);
    case Conv2dPath::kFft:
      return fft(large, weight, bias, options, small, workspace, stop);
    case Conv2dPath::kLowRank:
      return low_rank(large, weight, bias, options, small, workspace, stop);
    case Conv2dPath::kLayer:
      return fast::layer_path(large, weight, bias, options, small, workspace.scratch(), stop);
  }
  return false;
}

namespace {

// Where the padding is made of copies, its ring costs extra. That pays off only for the paths that
// are faster for a single channel.
SpreadPath choose_spread_path(const Shape& small, const Shape& k, const Shape& large,
                              const Conv2dOptions& options) {
  if (small.numel() * k.c * k.h * k.w < kSmallWork) return SpreadPath::kPlain;
  if (!path_fits(SpreadPath::kCorrelate, options)) return SpreadPath::kPhases;
  const bool pays = options.padding_mode == PaddingMode::kZeros ||
                    (k.n == options.groups && ring_is_thin(large, options.padding));
  return pays ? SpreadPath::kCorrelate : SpreadPath::kPhases;
}

}  // namespace

bool path_fits(SpreadPath path, const Conv2dOptions& options) {
  return path != SpreadPath::kCorrelate || options.stride == Yx{1, 1};
}

bool spread(const Tensor& small, const Tensor& weight, std::span<const float> bias,
            const Conv2dOptions& options, Tensor& large, Conv2dWorkspace& workspace,
            const std::stop_token& stop, std::optional<SpreadPath> path) {
  const Shape& k = weight.shape();
  if (!path) path = choose_spread_path(small.shape(), k, large.shape(), options);
  assert(path_fits(*path, options));
  if (*path == SpreadPath::kPlain) return direct::spread(small, weight, bias, options, large, stop);
  if (*path == SpreadPath::kPhases)
    return fast::spread_path(small, weight, bias, options, large, workspace.scratch(), stop);
  Tensor& rotated = workspace.scratch().rotated;
  rotate_180(weight, options.groups, rotated);
  const Conv2dOptions as_conv = rotated_options(k, options);
  if (!correlate(small, rotated, bias, as_conv, large, workspace, stop)) return false;
  return options.padding_mode == PaddingMode::kZeros ||
         add_ring_gradient(small, rotated, options, large, workspace, stop);
}

bool sums_by_window(const Shape& input, const Tensor& weight, const Conv2dOptions& options,
                    Conv2dWorkspace& workspace) {
  const Shape& k = weight.shape();
  const Shape output = conv2d_output_shape(input, k, options);
  Conv2dPath path = Conv2dPath::kLayer;
  if (!options.transposed) {
    path = choose_path(input, weight, output, options, workspace);
  } else if (choose_spread_path(input, k, output, options) == SpreadPath::kCorrelate) {
    Tensor& rotated = workspace.scratch().rotated;
    rotate_180(weight, options.groups, rotated);
    path = choose_path(input, rotated, output, rotated_options(k, options), workspace);
  }
  return path != Conv2dPath::kFft && path != Conv2dPath::kLowRank;
}

bool correlate_grad_weight(const Tensor& large, const Tensor& small, const Conv2dOptions& options,
                           Tensor& grad_weight, Conv2dWorkspace& workspace,
                           const std::stop_token& stop, std::optional<GradWeightPath> path) {
  const Shape& k = grad_weight.shape();
  if (!path)
    path = small.numel() * k.c * k.h * k.w < kSmallWork ? GradWeightPath::kPlain
                                                        : GradWeightPath::kFast;
  if (*path == GradWeightPath::kFast) {
    if (!fast::weight_path(large, small, options, grad_weight, workspace.scratch(), stop))
      return false;
    // A value that is not finite has met zeros of the padding, which turn an infinity into NaN, so
    // that the other path has the last word.
    if (std::ranges::all_of(grad_weight.values(), [](float v) { return std::isfinite(v); }))
      return true;
  }
  direct::grad_weight(large, small, options, grad_weight);
  return true;
}

}  // namespace convscope::engine
