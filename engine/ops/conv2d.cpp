#include "engine/ops/conv2d.h"

#include <algorithm>
#include <string>

#include "engine/core/error.h"
#include "engine/core/parallel.h"
#include "engine/ops/conv2d_plan.h"
#include "engine/ops/fast/row_kernels.h"

// The public functions check their arguments; conv2d_plan.h chooses the path.
namespace convscope::engine {
namespace {

void require_bias(std::span<const float> bias, const Shape& output) {
  if (!bias.empty() && static_cast<Index>(bias.size()) != output.c)
    throw Error("bias has " + std::to_string(bias.size()) + " values for output " +
                to_string(output) + ": it must have " + std::to_string(output.c));
}

}  // namespace

Tensor conv2d(const Tensor& input, const Tensor& weight, std::span<const float> bias,
              const Conv2dOptions& options) {
  Tensor output;
  const bool finished = conv2d_into(input, weight, bias, options, output);
  assert(finished);
  static_cast<void>(finished);
  return output;
}

bool conv2d_into(const Tensor& input, const Tensor& weight, std::span<const float> bias,
                 const Conv2dOptions& options, Tensor& output, const std::stop_token& stop) {
  Conv2dWorkspace workspace;
  return conv2d_into(input, weight, bias, options, output, workspace, stop);
}

bool conv2d_into(const Tensor& input, const Tensor& weight, std::span<const float> bias,
                 const Conv2dOptions& options, Tensor& output, Conv2dWorkspace& workspace,
                 const std::stop_token& stop) {
  assert(&output != &input && &output != &weight);
  const Shape shape = conv2d_output_shape(input.shape(), weight.shape(), options);
  require_bias(bias, shape);
  output.resize(shape);
  if (options.transposed) return spread(input, weight, bias, options, output, workspace, stop);
  return correlate(input, weight, bias, options, output, workspace, stop);
}

Tensor conv2d_grad_input(const Tensor& grad_output, const Tensor& weight, const Shape& input_shape,
                         const Conv2dOptions& options) {
  require_grad_output(grad_output.shape(), input_shape, weight.shape(), options);
  Tensor result;
  result.resize(input_shape);
  Conv2dWorkspace workspace;
  const bool finished = conv2d_grad_input_into(grad_output, weight, options, result, workspace);
  assert(finished);
  static_cast<void>(finished);
  return result;
}

Tensor conv2d_grad_weight(const Tensor& input, const Tensor& grad_output, const Shape& weight_shape,
                          const Conv2dOptions& options) {
  require_grad_output(grad_output.shape(), input.shape(), weight_shape, options);
  Tensor result;
  result.resize(weight_shape);
  Conv2dWorkspace workspace;
  const bool finished = conv2d_grad_weight_into(input, grad_output, options, result, workspace);
  assert(finished);
  static_cast<void>(finished);
  return result;
}

bool conv2d_grad_input_into(const Tensor& grad_output, const Tensor& weight,
                            const Conv2dOptions& options, Tensor& grad_input,
                            Conv2dWorkspace& workspace, const std::stop_token& stop) {
  require_grad_output(grad_output.shape(), grad_input.shape(), weight.shape(), options);
  if (options.transposed)
    return correlate(grad_output, weight, {}, options, grad_input, workspace, stop);
  return spread(grad_output, weight, {}, options, grad_input, workspace, stop);
}

bool conv2d_grad_weight_into(const Tensor& input, const Tensor& grad_output,
                             const Conv2dOptions& options, Tensor& grad_weight,
                             Conv2dWorkspace& workspace, const std::stop_token& stop) {
  require_grad_output(grad_output.shape(), input.shape(), grad_weight.shape(), options);
  if (options.transposed)
    return correlate_grad_weight(grad_output, input, options, grad_weight, workspace, stop);
  return correlate_grad_weight(input, grad_output, options, grad_weight, workspace, stop);
}

std::vector<float> conv2d_grad_bias(const Tensor& grad_output) {
  // Adds in chunks of a fixed length, so that the order of the sum does not depend on the number of
  // threads.
  constexpr Index kChunk = Index{1} << 16;
  const Shape& s = grad_output.shape();
  const Index cells = s.h * s.w;
  const Index chunks = (cells + kChunk - 1) / kChunk;
  std::vector<double> partial(static_cast<std::size_t>(s.n * s.c * chunks));
  auto sum = [&](Index task, Index) {
    const Index begin = task % chunks * kChunk;
    partial[static_cast<std::size_t>(task)] = fast::sum_of_row(
        grad_output.data() + task / chunks * cells + begin, std::min(kChunk, cells - begin));
  };
  static_cast<void>(fast::run_tasks(s.n * s.c * chunks, fast::worker_count(), {}, sum));
  std::vector<double> sums(static_cast<std::size_t>(s.c));
  for (std::size_t task = 0; task < partial.size(); ++task)
    sums[task / static_cast<std::size_t>(chunks) % sums.size()] += partial[task];
  return {sums.begin(), sums.end()};
}

}  // namespace convscope::engine
