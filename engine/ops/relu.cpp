#include "engine/ops/relu.h"

#include <algorithm>

#include "engine/core/error.h"
#include "engine/core/parallel.h"

namespace convscope::engine {
namespace {

// Calls work(begin, end) for parts of [0, count) on all threads. Memory limits the speed, so the
// compiler's own vectors are good enough.
template <typename Work>
void for_each_chunk(Index count, const Work& work) {
  constexpr Index kChunk = Index{1} << 16;
  auto chunk = [&](Index task, Index) {
    work(task * kChunk, std::min(count, (task + 1) * kChunk));
  };
  static_cast<void>(
      fast::run_tasks((count + kChunk - 1) / kChunk, fast::worker_count(), {}, chunk));
}

}  // namespace

Tensor relu(const Tensor& input) {
  Tensor output;
  relu_into(input, output);
  return output;
}

void relu_into(const Tensor& input, Tensor& output) {
  output.resize(input.shape());
  for_each_chunk(input.numel(), [&](Index begin, Index end) {
    const float* from = input.data();
    float* to = output.data();
    for (Index i = begin; i < end; ++i)
      to[i] = from[i] <= 0.0f ? 0.0f : from[i];  // the comparison is false for NaN, which is kept
  });
}

Tensor relu_grad(const Tensor& grad_output, const Tensor& input) {
  Tensor gradient;
  relu_grad_into(grad_output, input, gradient);
  return gradient;
}

void relu_grad_into(const Tensor& grad_output, const Tensor& input, Tensor& gradient) {
  require_relu_shapes(grad_output.shape(), input.shape());
  gradient.resize(input.shape());
  for_each_chunk(input.numel(), [&](Index begin, Index end) {
    const float* from = input.data();
    const float* grad = grad_output.data();
    float* to = gradient.data();
    for (Index i = begin; i < end; ++i) {
      const float value = grad[i];  // read unconditionally, so that the loop becomes vector code
      to[i] = relu_passes(from[i]) ? value : 0.0f;
    }
  });
}

void require_relu_shapes(const Shape& grad_output, const Shape& input) {
  if (grad_output != input)
    throw Error("output gradient " + to_string(grad_output) + " does not fit input " +
                to_string(input) + ": ReLU keeps the shape");
}

}  // namespace convscope::engine
