#include "engine/learning/explain_gradient.h"

#include <algorithm>
#include <cassert>
#include <vector>

#include "engine/core/error.h"

namespace convscope::engine {
namespace {

void require_error(const LearningProblem& problem, const Tensor& error, const Shape& weight) {
  require_fit(problem, {Tensor(weight), {}});
  if (error.shape() != problem.target.shape()) {
    throw Error("error " + to_string(error.shape()) + " must have the target's shape " +
                to_string(problem.target.shape()));
  }
}

// Puts the factor of the loss to a sum of error · input.
GradientSum of_loss(const LearningProblem& problem, GradientSum sum) {
  sum.factor = 2.0;
  if (problem.reduction == Reduction::kSum) return sum;
  sum.outputs = problem.target.numel();
  sum.factor = 2.0 / static_cast<double>(sum.outputs);
  return sum;
}

struct Span {
  Index first = 0;
  Index step = 1;
  Index count = 0;
};

Index ceil_div(Index a, Index b) {
  return a >= 0 ? (a + b - 1) / b : -(-a / b);
}

// Returns the outputs o for which the input o·stride + offset exists, or for transposed convolution
// the outputs i·stride + offset that exist, on an axis of `inputs` and `outputs` cells.
Span inside(Index offset, Index stride, Index inputs, Index outputs, bool transposed) {
  const Index cells = transposed ? outputs : inputs;
  const Index limit = transposed ? inputs : outputs;
  const Index first = std::max<Index>(0, ceil_div(-offset, stride));
  const Index end = std::min(limit, ceil_div(cells - offset, stride));
  const Index count = std::max<Index>(0, end - first);
  return transposed ? Span{first * stride + offset, stride, count} : Span{first, 1, count};
}

}  // namespace

GradientSum explain_gradient(const LearningProblem& problem, const Tensor& error,
                             const Shape& weight, const WeightPlace& place, std::size_t max_terms) {
  require_error(problem, error, weight);
  Shape full = weight;
  std::vector<WeightPlace> places{place};
  if (is_shared(weight, problem)) {
    full.n = problem.options.groups;
    places.clear();
    for (Index g = 0; g < full.n; ++g)
      places.push_back({g, 0, place.y, place.x});
  }
  return of_loss(
      problem, explain_grad_weight(problem.input, error, full, problem.options, places, max_terms));
}

GradientSum explain_bias_gradient(const LearningProblem& problem, const Tensor& error,
                                  const Shape& weight, Index channel, std::size_t max_terms) {
  require_error(problem, error, weight);
  const bool shared = is_shared(weight, problem);
  assert(channel >= 0 && channel < (shared ? 1 : error.shape().c));
  const Index end = shared ? error.shape().c : channel + 1;
  return of_loss(problem, explain_grad_bias(error, channel, end, max_terms));
}

CellGrid summed_errors(Yx weight, const Conv2dOptions& o, const Shape& input, const Shape& output) {
  // The padding holds copies of input cells, so every product may count.
  if (o.padding_mode != PaddingMode::kZeros) return {{0, 0}, {1, 1}, {output.h, output.w}};
  const Span y =
      inside(weight.y * o.dilation.y - o.padding.top, o.stride.y, input.h, output.h, o.transposed);
  const Span x =
      inside(weight.x * o.dilation.x - o.padding.left, o.stride.x, input.w, output.w, o.transposed);
  return {{y.first, x.first}, {y.step, x.step}, {y.count, x.count}};
}

}  // namespace convscope::engine
