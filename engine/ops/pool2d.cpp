#include "engine/ops/pool2d.h"

#include "engine/core/error.h"
#include "engine/ops/fast/average_pool_grad_path.h"
#include "engine/ops/fast/max_pool_grad_path.h"
#include "engine/ops/pool2d_plan.h"

namespace convscope::engine {

Pool2dResult pool2d(const Tensor& input, const Pool2dOptions& options) {
  Pool2dResult result;
  const bool finished = pool2d_into(input, options, result);
  assert(finished);
  static_cast<void>(finished);
  return result;
}

bool pool2d_into(const Tensor& input, const Pool2dOptions& options, Pool2dResult& result,
                 const std::stop_token& stop) {
  Conv2dWorkspace workspace;
  return pool2d_into(input, options, result, workspace, stop);
}

bool pool2d_into(const Tensor& input, const Pool2dOptions& options, Pool2dResult& result,
                 Conv2dWorkspace& workspace, const std::stop_token& stop) {
  assert(&input != &result.output);
  result.output.resize(pool2d_output_shape(input.shape(), options));
  const bool max = options.kind == PoolKind::kMax;
  result.indices.resize(max ? static_cast<std::size_t>(result.output.numel()) : 0);
  return pool2d_on({}, input, options, result.output, max ? result.indices.data() : nullptr,
                   whole(result.output.shape()), workspace, stop);
}

bool pool2d_values_into(const Tensor& input, const Pool2dOptions& options, Tensor& output,
                        Conv2dWorkspace& workspace, const std::stop_token& stop) {
  assert(&input != &output);
  output.resize(pool2d_output_shape(input.shape(), options));
  return pool2d_on({}, input, options, output, nullptr, whole(output.shape()), workspace, stop);
}

Tensor max_pool2d_grad(const Tensor& grad_output, std::span<const Index> indices,
                       const Shape& input_shape, const std::optional<Pool2dOptions>& options) {
  Tensor result;
  result.resize(input_shape);
  Conv2dWorkspace workspace;
  const bool finished = max_pool2d_grad_into(grad_output, indices, result, workspace, {}, options);
  assert(finished);
  static_cast<void>(finished);
  return result;
}

bool max_pool2d_grad_into(const Tensor& grad_output, std::span<const Index> indices,
                          Tensor& grad_input, Conv2dWorkspace& workspace,
                          const std::stop_token& stop,
                          const std::optional<Pool2dOptions>& options) {
  const Shape& s = grad_output.shape();
  const Shape& in = grad_input.shape();
  if (options) require_grad_output(s, in, *options);
  if (s.n != in.n || s.c != in.c)
    throw Error("output gradient " + to_string(s) + " does not fit input " + to_string(in) +
                ": batch and channels must be the same");
  require_indices(indices, s);
  return fast::max_pool_grad(grad_output, indices, options ? &*options : nullptr, grad_input,
                             workspace.scratch(), stop);
}

Tensor avg_pool2d_grad(const Tensor& grad_output, const Shape& input_shape,
                       const Pool2dOptions& options) {
  Tensor result;
  result.resize(input_shape);
  Conv2dWorkspace workspace;
  const bool finished = avg_pool2d_grad_into(grad_output, options, result, workspace);
  assert(finished);
  static_cast<void>(finished);
  return result;
}

bool avg_pool2d_grad_into(const Tensor& grad_output, const Pool2dOptions& options,
                          Tensor& grad_input, Conv2dWorkspace& workspace,
                          const std::stop_token& stop) {
  require_grad_output(grad_output.shape(), grad_input.shape(), options);
  return fast::average_pool_grad(grad_output, options, grad_input, workspace.scratch(), stop);
}

}  // namespace convscope::engine
