#pragma once

#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "engine/ops/conv2d.h"

// Which way a convolution is computed, and the three computations that every convolution and every
// gradient is one of. Callers have checked the shapes. As in conv2d_direct.h `small` is the tensor
// with one value for each position of the kernel and `large` the one under the kernel;
// `options.transposed` is ignored: callers swap the roles.
namespace convscope {

namespace fast {
struct Workspace;
}

// What repeated evaluations reuse: scratch memory, weights in the order in which a kernel reads
// them. The second evaluation of the same shapes with the same workspace allocates nothing. For one
// evaluation at a time.
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

enum class Conv2dPath {
  kPlain,    // conv2d_direct.h: no set-up; the smallest shapes
  kPlane,    // fast/plane_path.h: one input channel, stride 1
  kLayer,    // fast/layer_path.h: several channels, or a stride
  kFft,      // fast/fft_path.h: as kPlane; large kernels
  kLowRank,  // fast/low_rank_path.h: as kPlane; kernels that are sums of a few outer products
};

// "plain", "plane" ...
const char* name(Conv2dPath path);

// Whether `path` can compute this correlation at all. kLowRank computes a kernel of any rank.
bool path_fits(Conv2dPath path, const Shape& large, const Shape& weight,
               const Conv2dOptions& options);
// The fastest that fits. The workspace remembers the rank of the weight.
Conv2dPath choose_path(const Shape& large, const Tensor& weight, const Shape& small,
                       const Conv2dOptions& options, Conv2dWorkspace& workspace);

// small = bias + correlation of large with weight, on `path` or on the one that choose_path names.
// False if stopped.
[[nodiscard]] bool correlate(const Tensor& large, const Tensor& weight, std::span<const float> bias,
                             const Conv2dOptions& options, Tensor& small,
                             Conv2dWorkspace& workspace, const std::stop_token& stop,
                             std::optional<Conv2dPath> path = {});

enum class SpreadPath {
  kPlain,      // conv2d_direct.h: each value of small added through the kernel
  kCorrelate,  // stride 1 and padding zeros: a correlation of small with the turned weight
  kPhases,     // fast/spread_path.h: any option; a correlation for each remainder by the stride
};
bool path_fits(SpreadPath path, const Conv2dOptions& options);

// large = bias + each value of small spread through the kernel: transposed convolution, and the
// gradient of a convolution's input. False if stopped.
[[nodiscard]] bool spread(const Tensor& small, const Tensor& weight, std::span<const float> bias,
                          const Conv2dOptions& options, Tensor& large, Conv2dWorkspace& workspace,
                          const std::stop_token& stop, std::optional<SpreadPath> path = {});

// Whether conv2d computes each output cell as a sum over its own window: where the values of the
// window are the same in another input, so is the cell, to the last bit, whatever else is there.
// The transforms mix the cells of a tile, and a sum of outer products is given up for all cells at
// a value that is not finite.
bool sums_by_window(const Shape& input, const Tensor& weight, const Conv2dOptions& options,
                    Conv2dWorkspace& workspace);

enum class GradWeightPath {
  kPlain,  // conv2d_direct.h
  kFast,   // fast/weight_path.h
};

// The gradient of weight, into `grad_weight`, which has its shape. False if stopped.
[[nodiscard]] bool correlate_grad_weight(const Tensor& large, const Tensor& small,
                                         const Conv2dOptions& options, Tensor& grad_weight,
                                         Conv2dWorkspace& workspace, const std::stop_token& stop,
                                         std::optional<GradWeightPath> path = {});

}  // namespace convscope
