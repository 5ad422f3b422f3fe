#pragma once

#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "engine/ops/conv2d.h"

// Chooses how a convolution is computed. Every convolution and every gradient is one of the three
// computations below. The shapes must already be checked. As in conv2d_direct.h, `small` is the
// tensor with one value for each position of the kernel and `large` is the one that the kernel
// moves over; `options.transposed` is ignored, callers exchange the two instead.
namespace convscope::engine {

namespace fast {
struct Workspace;
}

// Memory that repeated evaluations reuse: scratch memory and weights in the order in which a kernel
// reads them. A second evaluation of the same shapes with the same workspace allocates nothing. One
// evaluation at a time may use it.
class Conv2dWorkspace {
 public:
  Conv2dWorkspace();
  ~Conv2dWorkspace();
  Conv2dWorkspace(Conv2dWorkspace&&) noexcept;
  Conv2dWorkspace& operator=(Conv2dWorkspace&&) noexcept;

  fast::Workspace& scratch() { return *scratch_; }

 private:
  std::unique_ptr<fast::Workspace> scratch_;
};

// The ways to compute a cross-correlation.
enum class Conv2dPath {
  kPlain,    // conv2d_direct.h: needs no preparation; for the smallest shapes
  kPlane,    // fast/plane_path.h: one input channel a group, stride 1
  kLayer,    // fast/layer_path.h: several channels, or a stride
  kFft,      // fast/fft_path.h: as kPlane, for large kernels
  kLowRank,  // fast/low_rank_path.h: as kPlane, for kernels that are a sum of a few outer products
};

// Returns the name of a path, such as "plain" or "plane".
const char* name(Conv2dPath path);

// Returns whether `path` can compute this correlation at all. kLowRank can compute a kernel of any
// rank.
bool path_fits(Conv2dPath path, const Shape& large, const Shape& weight,
               const Conv2dOptions& options);
// Returns the fastest path that fits. The workspace remembers the rank of the weight.
Conv2dPath choose_path(const Shape& large, const Tensor& weight, const Shape& small,
                       const Conv2dOptions& options, Conv2dWorkspace& workspace);

// Computes small = bias + the cross-correlation of large with weight, on `path` or else on the path
// that choose_path returns. Returns false if stopped.
[[nodiscard]] bool correlate(const Tensor& large, const Tensor& weight, std::span<const float> bias,
                             const Conv2dOptions& options, Tensor& small,
                             Conv2dWorkspace& workspace, const std::stop_token& stop,
                             std::optional<Conv2dPath> path = {});

// The ways to compute the transpose of a cross-correlation.
enum class SpreadPath {
  kPlain,      // conv2d_direct.h: adds each value of small through the kernel
  kCorrelate,  // stride 1: correlates small with the rotated weight; ring_gradient.h adds what
               // lands in padding that is made of copies
  kPhases,  // fast/spread_path.h: any option; one correlation for each remainder modulo the stride
};
// Returns whether `path` can compute it with these options.
bool path_fits(SpreadPath path, const Conv2dOptions& options);

// Computes large = bias + each value of small added through the kernel: transposed convolution, and
// the gradient with respect to a convolution's input. Returns false if stopped.
[[nodiscard]] bool spread(const Tensor& small, const Tensor& weight, std::span<const float> bias,
                          const Conv2dOptions& options, Tensor& large, Conv2dWorkspace& workspace,
                          const std::stop_token& stop, std::optional<SpreadPath> path = {});

// Whether conv2d computes each output cell as a sum over its own window: where the values of the
// window are the same in another input, so is the cell, to the last bit, whatever else is there.
// The transforms mix the cells of a tile, and a sum of outer products is given up for all cells at
// a value that is not finite.
bool sums_by_window(const Shape& input, const Tensor& weight, const Conv2dOptions& options,
                    Conv2dWorkspace& workspace);

// The ways to compute the gradient with respect to the weight.
enum class GradWeightPath {
  kPlain,  // conv2d_direct.h
  kFast,   // fast/weight_path.h
};

// Writes the weight's gradient into `grad_weight`, which already has its shape. Returns false if
// stopped.
[[nodiscard]] bool correlate_grad_weight(const Tensor& large, const Tensor& small,
                                         const Conv2dOptions& options, Tensor& grad_weight,
                                         Conv2dWorkspace& workspace, const std::stop_token& stop,
                                         std::optional<GradWeightPath> path = {});

}  // namespace convscope::engine
