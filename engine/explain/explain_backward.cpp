#include "engine/explain/explain_backward.h"

#include <string>

#include "engine/core/error.h"
#include "engine/explain/largest_products.h"
#include "engine/ops/backward_links.h"
#include "engine/ops/pool2d_window.h"
#include "engine/ops/relu.h"

namespace convscope::engine {
namespace {

// Returns the products of a plane that input cell `cell` takes part in; of a cell of the padding
// its own alone.
std::vector<Link> links_of(Yx cell, const Shape& weight, const Conv2dOptions& options,
                           const Shape& input, const Shape& output) {
  const Yx kernel{weight.h, weight.w};
  const bool inside = cell.y >= 0 && cell.x >= 0 && cell.y < input.h && cell.x < input.w;
  if (inside) return links_of_input(cell, kernel, options, input, output);
  [[maybe_unused]] const Padding& p = options.padding;
  assert(!options.transposed && cell.y >= -p.top && cell.x >= -p.left &&
         cell.y < input.h + p.bottom && cell.x < input.w + p.right);
  return links_of_position(cell, kernel, options, input, output);
}

// Returns the plane of the weight that connects input channel `channel` with the i-th output
// channel of its group.
WeightPlace plane_of(const Shape& weight, const Conv2dOptions& options, Index channel, Index i) {
  if (options.transposed) return {channel, i, 0, 0};
  return {channel / weight.c * (weight.n / options.groups) + i, channel % weight.c, 0, 0};
}

// Returns the windows over `cell` whose winner has its value, but is another cell.
Index tied_windows(const Tensor& input, std::span<const Index> winners,
                   const Pool2dOptions& options, const Shape& pooled, Index n, Index channel,
                   Yx cell) {
  const std::span<const float> values = input.plane(n, channel);
  const Index own = cell.y * input.shape().w + cell.x;
  const CellGrid windows = pooled_cells_of(cell, options, pooled);
  Index result = 0;
  for (Index v = 0; v < windows.count.y; ++v) {
    for (Index u = 0; u < windows.count.x; ++u) {
      const Yx at{windows.first.y + v * windows.step.y, windows.first.x + u * windows.step.x};
      const Index winner = winners[static_cast<std::size_t>(at.y * pooled.w + at.x)];
      if (winner == own || winner < 0 || winner >= std::ssize(values)) continue;
      result += values[static_cast<std::size_t>(winner)] == values[static_cast<std::size_t>(own)];
    }
  }
  return result;
}

}  // namespace

BackwardSum explain_grad_input(const Tensor& grad_output, const Tensor& weight, const Shape& input,
                               const Conv2dOptions& options, Index n, Index channel, Yx cell,
                               std::size_t max_terms) {
  const Shape& k = weight.shape();
  const Shape& out = grad_output.shape();
  require_grad_output(out, input, k, options);
  assert(n >= 0 && n < input.n && channel >= 0 && channel < input.c);
  const Index outputs = options.transposed ? k.c : k.n / options.groups;
  const Index inputs = input.c / options.groups;
  const std::vector<Link> links = links_of(cell, k, options, input, out);
  LargestProducts<BackwardTerm> products(max_terms);
  for (Index i = 0; i < outputs; ++i) {
    BackwardTerm term;
    term.channel = channel / inputs * outputs + i;
    term.weight = plane_of(k, options, channel, i);
    for (const Link& link : links) {
      term.output = link.output;
      term.weight.y = link.weight.y;
      term.weight.x = link.weight.x;
      term.gradient = grad_output.at(n, term.channel, link.output.y, link.output.x);
      term.w = weight.at(term.weight.n, term.weight.c, term.weight.y, term.weight.x);
      products.add(term);
    }
  }
  return {outputs * std::ssize(links), products.nonzero(), products.total(),
          products.take_largest()};
}

PoolBackwardSum explain_pool_grad(const Tensor& grad_output, std::span<const Index> indices,
                                  const Tensor& input, const Pool2dOptions& options, Index n,
                                  Index channel, Yx cell, std::size_t max_terms) {
  const Shape& in = input.shape();
  const Shape& pooled = grad_output.shape();
  require_grad_output(pooled, in, options);
  PoolBackwardSum sum;
  sum.kind = options.kind;
  const CellGrid windows = pooled_cells_of(cell, options, pooled);
  sum.windows = windows.count.y * windows.count.x;
  const bool max = options.kind == PoolKind::kMax;
  std::span<const Index> winners;
  if (max) {
    require_indices(indices, pooled);
    winners = indices_of_plane(indices, pooled, n, channel);
    sum.tied = tied_windows(input, winners, options, pooled, n, channel, cell);
  }
  LargestProducts<PoolBackwardTerm> products(max_terms);
  for (const Yx at : pool_gradient_sources(cell, winners, options, in, pooled)) {
    ++sum.count;
    PoolBackwardTerm term{at, grad_output.at(n, channel, at.y, at.x), 1.0};
    if (!max)
      term.divisor = static_cast<double>(
          window_divisor(window_range(pool_rows(in, options), at.y),
                         window_range(pool_columns(in, options), at.x), options));
    products.add(term);
  }
  sum.nonzero = products.nonzero();
  sum.total = products.total();
  sum.largest = products.take_largest();
  return sum;
}

ReluBackward explain_relu_grad(const Tensor& grad_output, const Tensor& input, Index n,
                               Index channel, Yx cell) {
  require_relu_shapes(grad_output.shape(), input.shape());
  const float value = input.at(n, channel, cell.y, cell.x);
  return {value, grad_output.at(n, channel, cell.y, cell.x), relu_passes(value)};
}

}  // namespace convscope::engine
