#include "engine/conv2d_plan.h"

#include "engine/conv2d_direct.h"
#include "engine/fast/layer_path.h"
#include "engine/fast/plane_path.h"
#include "engine/fast/workspace.h"

namespace convscope {

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
  }
  return "";
}

bool path_fits(Conv2dPath path, const Shape&, const Shape& weight, const Conv2dOptions& options) {
  switch (path) {
    case Conv2dPath::kPlain:
    case Conv2dPath::kLayer:
      return true;
    case Conv2dPath::kPlane:
      return weight.c == 1 && options.stride == Yx{1, 1} && options.padding.top >= 0 &&
             options.padding.left >= 0;
  }
  return false;
}

Conv2dPath choose_path(const Shape& large, const Tensor& weight, const Shape& small,
                       const Conv2dOptions& options) {
  const Shape& k = weight.shape();
  constexpr Index kSmallWork = 4096;  // multiplications below which any set-up costs more
  if (small.numel() * k.c * k.h * k.w < kSmallWork) return Conv2dPath::kPlain;
  if (path_fits(Conv2dPath::kPlane, large, k, options)) return Conv2dPath::kPlane;
  return Conv2dPath::kLayer;
}

bool correlate(const Tensor& large, const Tensor& weight, std::span<const float> bias,
               const Conv2dOptions& options, Tensor& small, Conv2dWorkspace& workspace,
               const std::stop_token& stop, std::optional<Conv2dPath> path) {
  if (!path) path = choose_path(large.shape(), weight, small.shape(), options);
  assert(path_fits(*path, large.shape(), weight.shape(), options));
  switch (*path) {
    case Conv2dPath::kPlain:
      return direct::correlate(large, weight, bias, options, small, stop);
    case Conv2dPath::kPlane:
      return fast::plane_path(large, weight, bias, options, small, {0, small.shape().h},
                              workspace.scratch(), stop);
    case Conv2dPath::kLayer:
      return fast::layer_path(large, weight, bias, options, small, workspace.scratch(), stop);
  }
  return false;
}

}  // namespace convscope
