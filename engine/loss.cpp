#include "engine/loss.h"

#include "engine/error.h"

namespace convscope {
namespace {

void check_shapes(const Tensor& prediction, const Tensor& target) {
  if (prediction.shape() == target.shape()) return;
  throw Error("target " + to_string(target.shape()) + " must have the prediction's shape " +
              to_string(prediction.shape()));
}

}  // namespace

double squared_error(const Tensor& prediction, const Tensor& target, Reduction reduction) {
  check_shapes(prediction, target);
  double sum = 0.0;
  for (Index i = 0; i < prediction.numel(); ++i) {
    const double error =
        static_cast<double>(prediction.data()[i]) - static_cast<double>(target.data()[i]);
    sum += error * error;
  }
  return reduction == Reduction::kMean ? sum / static_cast<double>(prediction.numel()) : sum;
}

void squared_error_grad(const Tensor& prediction, const Tensor& target, Reduction reduction,
                        Tensor& grad) {
  check_shapes(prediction, target);
  grad.resize(prediction.shape());
  const float scale =
      reduction == Reduction::kMean ? 2.0f / static_cast<float>(prediction.numel()) : 2.0f;
  for (Index i = 0; i < prediction.numel(); ++i) {
    grad.data()[i] = scale * (prediction.data()[i] - target.data()[i]);
  }
}

}  // namespace convscope
