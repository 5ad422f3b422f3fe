#include "engine/ops/loss.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/parallel.h"

namespace convscope::engine {
namespace {

void check_shapes(const Tensor& prediction, const Tensor& target) {
  if (prediction.shape() == target.shape()) return;
  throw Error("target " + to_string(target.shape()) + " must have the prediction's shape " +
              to_string(prediction.shape()));
}

constexpr Index kChunk = 1 << 16;

// Subtracts and sums squares in independent lanes, which the compiler turns into vectors.
double subtract(float* prediction, const float* target, Index count) {
  constexpr Index kLanes = 8;
  std::array<double, kLanes> sums{};
  Index i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    for (Index lane = 0; lane < kLanes; ++lane) {
      // Squares the exact difference, not the one rounded to float.
      const double error =
          static_cast<double>(prediction[i + lane]) - static_cast<double>(target[i + lane]);
      sums[static_cast<std::size_t>(lane)] += error * error;
      prediction[i + lane] = static_cast<float>(error);
    }
  }
  double sum = std::accumulate(sums.begin(), sums.end(), 0.0);
  for (; i < count; ++i) {
    const double error = static_cast<double>(prediction[i]) - static_cast<double>(target[i]);
    sum += error * error;
    prediction[i] = static_cast<float>(error);
  }
  return sum;
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

double subtract_target(Tensor& prediction, const Tensor& target, Reduction reduction) {
  check_shapes(prediction, target);
  const Index count = prediction.numel();
  const Index chunks = (count + kChunk - 1) / kChunk;
  std::vector<double> sums(static_cast<std::size_t>(chunks));
  auto work = [&](Index chunk, Index) {
    const Index begin = chunk * kChunk;
    sums[static_cast<std::size_t>(chunk)] =
        subtract(prediction.data() + begin, target.data() + begin, std::min(kChunk, count - begin));
  };
  fast::run_tasks(chunks, fast::worker_count(), {}, work);
  const double sum = std::accumulate(sums.begin(), sums.end(), 0.0);
  return reduction == Reduction::kMean ? sum / static_cast<double>(count) : sum;
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

}  // namespace convscope::engine
