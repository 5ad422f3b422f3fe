#include "engine/explain/explain_grad_weight.h"

#include "engine/explain/largest_products.h"
#include "engine/ops/canvas.h"

namespace convscope::engine {
namespace {

using Collector = LargestProducts<GradientTerm>;

GradientSum result_of(Collector& collector, Index count) {
  GradientSum sum;
  sum.count = count;
  sum.nonzero = collector.nonzero();
  sum.products = collector.total();
  sum.largest = collector.take_largest();
  return sum;
}

struct Channels {
  Index output;
  Index input;
};

// Returns the input and the output channel that a weight connects.
Channels channels_of(const Shape& weight, const Conv2dOptions& options, const WeightPlace& place) {
  // weight.n counts output channels, or input channels if transposed; weight.c counts the other
  // kind within a group.
  const Index other = place.n / (weight.n / options.groups) * weight.c + place.c;
  return options.transposed ? Channels{other, place.n} : Channels{place.n, other};
}

// Returns the input cell that a weight meets at every output of an axis; -1 for a zero.
std::vector<Index> sources(const CanvasAxis& axis, Index weight) {
  std::vector<Index> result;
  // Flipping twice changes nothing, so the weight of a tap is also the tap of a weight.
  const Index tap = axis.weight_of_tap(weight);
  for (Index y = 0; y < axis.outputs; ++y)
    result.push_back(axis.source(y * axis.stride + tap * axis.dilation));
  return result;
}

}  // namespace

GradientSum explain_grad_weight(const Tensor& input, const Tensor& grad_output, const Shape& weight,
                                const Conv2dOptions& options, const WeightPlace& place,
                                std::size_t max_terms) {
  return explain_grad_weight(input, grad_output, weight, options, std::span(&place, 1), max_terms);
}

GradientSum explain_grad_weight(const Tensor& input, const Tensor& grad_output, const Shape& weight,
                                const Conv2dOptions& options, std::span<const WeightPlace> places,
                                std::size_t max_terms) {
  require_grad_output(grad_output.shape(), input.shape(), weight, options);
  std::vector<Channels> channels;
  for (const WeightPlace& place : places) {
    assert(place.n >= 0 && place.n < weight.n && place.c >= 0 && place.c < weight.c);
    assert(place.y >= 0 && place.y < weight.h && place.x >= 0 && place.x < weight.w);
    assert(place.y == places.front().y && place.x == places.front().x);
    channels.push_back(channels_of(weight, options, place));
  }
  const Canvas canvas = make_canvas(input.shape(), weight, options);
  const std::vector<Index> rows = sources(canvas.y, places.front().y);
  const std::vector<Index> columns = sources(canvas.x, places.front().x);
  const Shape& s = grad_output.shape();

  Collector collector(max_terms);
  for (Index n = 0; n < s.n; ++n) {
    for (const Channels& c : channels) {
      for (Index y = 0; y < s.h; ++y) {
        const Index from_y = rows[static_cast<std::size_t>(y)];
        if (from_y < 0) continue;
        const float* from = input.row(n, c.input, from_y);
        const float* gradients = grad_output.row(n, c.output, y);
        for (Index x = 0; x < s.w; ++x) {
          const Index from_x = columns[static_cast<std::size_t>(x)];
          if (from_x < 0) continue;
          collector.add(
              {n, c.output, c.input, {y, x}, {from_y, from_x}, gradients[x], from[from_x]});
        }
      }
    }
  }
  return result_of(collector, s.n * s.h * s.w * std::ssize(channels));
}

GradientSum explain_grad_bias(const Tensor& grad_output, Index first, Index end,
                              std::size_t max_terms) {
  const Shape& s = grad_output.shape();
  assert(first >= 0 && first < end && end <= s.c);
  Collector collector(max_terms);
  for (Index n = 0; n < s.n; ++n) {
    for (Index c = first; c < end; ++c) {
      for (Index y = 0; y < s.h; ++y) {
        for (Index x = 0; x < s.w; ++x)
          collector.add({n, c, 0, {y, x}, {-1, -1}, grad_output.at(n, c, y, x), 1.0f});
      }
    }
  }
  return result_of(collector, s.n * s.h * s.w * (end - first));
}

}  // namespace convscope::engine
