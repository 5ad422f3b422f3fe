#include "engine/explain/explain_sum.h"

#include <cmath>
#include <limits>

#include "engine/ops/cell_links.h"

namespace convscope::engine {
namespace {

// Appends the terms of one input channel, whose weights are weight.plane(o, i).
void add_terms(const Tensor& input, Index n, Index channel, const Tensor& weight, Index o, Index i,
               const std::vector<Link>& links, CellSum& sum) {
  for (const Link& link : links) {
    Term term;
    term.weight = link.weight;
    term.input = link.position;
    term.padded = link.padded();
    term.x = link.source.y >= 0 ? input.at(n, channel, link.source.y, link.source.x) : 0.0f;
    term.w = weight.at(o, i, link.weight.y, link.weight.x);
    term.channel = channel;
    sum.value += term.product();
    sum.terms.push_back(term);
  }
}

}  // namespace

CellSum explain_output(const Tensor& input, const Tensor& weight, std::span<const float> bias,
                       const Conv2dOptions& options, Index n, Index channel, Yx output) {
  const Shape& k = weight.shape();
  const Shape out = conv2d_output_shape(input.shape(), k, options);
  assert(bias.empty() || static_cast<Index>(bias.size()) == out.c);
  assert(n < out.n && channel < out.c && output.y < out.h && output.x < out.w);
  CellSum sum;
  sum.bias = bias.empty() ? 0.0f : bias[static_cast<std::size_t>(channel)];
  sum.value = static_cast<double>(sum.bias);
  const std::vector<Link> links = links_of_output(output, {k.h, k.w}, options, input.shape(), out);
  const Index first = first_input_channel(k, options, channel);
  const Index count = options.transposed ? k.n / options.groups : k.c;
  for (Index i = 0; i < count; ++i) {
    if (options.transposed)
      add_terms(input, n, first + i, weight, first + i, channel % k.c, links, sum);
    else
      add_terms(input, n, first + i, weight, channel, i, links, sum);
  }
  return sum;
}

CellSum explain_cell(const Tensor& input, Index channel, const Tensor& weight, float bias,
                     const Conv2dOptions& options, Yx output) {
  const Shape& k = weight.shape();
  CellSum sum{{}, bias, static_cast<double>(bias)};
  const Shape plane{1, 1, input.shape().h, input.shape().w};
  Conv2dOptions single = options;
  single.groups = 1;
  const Shape out = conv2d_output_shape(plane, k, single);
  add_terms(input, 0, channel, weight, 0, 0,
            links_of_output(output, {k.h, k.w}, single, plane, out), sum);
  return sum;
}

PooledSum explain_pooled(const Tensor& input, const Pool2dOptions& options, Index n, Index channel,
                         Yx pooled) {
  const Shape& s = input.shape();
  static_cast<void>(pool2d_output_shape(s, options));
  const CellGrid window = pool_window(pooled, options);
  PooledSum result;
  float best = -std::numeric_limits<float>::infinity();
  Index counted = 0;  // positions of the window that count_include_pad counts in the divisor
  for (Index v = 0; v < window.count.y; ++v) {
    for (Index u = 0; u < window.count.x; ++u) {
      const Yx cell{window.first.y + v * window.step.y, window.first.x + u * window.step.x};
      counted += cell.y < s.h + options.padding.bottom && cell.x < s.w + options.padding.right;
      if (cell.y < 0 || cell.y >= s.h || cell.x < 0 || cell.x >= s.w) {
        ++result.padded;
        continue;
      }
      const float value = input.at(n, channel, cell.y, cell.x);
      result.cells.push_back({cell, value});
      result.sum += static_cast<double>(value);
      if (!result.winner || value > best || std::isnan(value)) {
        best = value;
        result.winner = cell;
      }
    }
  }
  if (options.kind == PoolKind::kMax) {
    result.sum = 0.0;
    result.value = static_cast<double>(best);
    return result;
  }
  result.winner.reset();
  const Index inside = static_cast<Index>(result.cells.size());
  const Index divisor = options.count_include_pad ? counted : inside;
  result.divisor =
      static_cast<double>(options.divisor_override != 0 ? options.divisor_override : divisor);
  result.value = result.cells.empty() ? 0.0 : result.sum / result.divisor;
  return result;
}

}  // namespace convscope::engine
