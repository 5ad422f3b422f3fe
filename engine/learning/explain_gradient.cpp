#include "engine/learning/explain_gradient.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "engine/core/error.h"
#include "engine/core/number_text.h"
#include "engine/ops/canvas.h"

namespace convscope::engine {
namespace {

// Sums products and keeps the largest.
class Collector {
 public:
  Collector(const LearningProblem& problem, std::size_t max_terms) : max_terms_(max_terms) {
    if (problem.reduction == Reduction::kSum) return;
    sum_.outputs = problem.target.numel();
    sum_.factor = 2.0 / static_cast<double>(sum_.outputs);
  }

  void add(const GradientTerm& term) {
    const double product = term.product();
    if (product == 0.0) return;
    ++sum_.nonzero;
    sum_.products += product;
    std::vector<GradientTerm>& largest = sum_.largest;
    if (largest.size() == max_terms_ &&
        (max_terms_ == 0 || std::abs(product) <= std::abs(largest.back().product())))
      return;
    if (largest.size() == max_terms_) largest.pop_back();
    const auto falling = [](double size, const GradientTerm& other) {
      return size > std::abs(other.product());
    };
    largest.insert(std::upper_bound(largest.begin(), largest.end(), std::abs(product), falling),
                   term);
  }

  GradientSum result(Index count) {
    sum_.count = count;
    return std::move(sum_);
  }

 private:
  std::size_t max_terms_;
  GradientSum sum_;
};

void require_error(const LearningProblem& problem, const Tensor& error, const Shape& weight) {
  require_fit(problem, {Tensor(weight), {}});
  if (error.shape() != problem.target.shape()) {
    throw Error("error " + to_string(error.shape()) + " must have the target's shape " +
                to_string(problem.target.shape()));
  }
}

struct Channels {
  Index output;
  Index input;
};

// Returns the pairs of input and output channels that a weight connects; all of them for a kernel
// shared by every channel.
std::vector<Channels> channels_of(const LearningProblem& problem, const Shape& weight,
                                  const WeightPlace& place) {
  const Index groups = problem.options.groups;
  std::vector<Channels> result;
  if (is_shared(weight, problem)) {
    for (Index g = 0; g < groups; ++g)
      result.push_back({g, g});
    return result;
  }
  // weight.n counts output channels, or input channels if transposed; weight.c counts the other
  // kind within a group.
  const Index other = place.n / (weight.n / groups) * weight.c + place.c;
  result.push_back(problem.options.transposed ? Channels{other, place.n}
                                              : Channels{place.n, other});
  return result;
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

std::string factor_text(double value, int digits) {
  const std::string text = number_text(value, digits);
  return value < 0.0 ? "(" + text + ")" : text;
}

}  // namespace

GradientSum explain_gradient(const LearningProblem& problem, const Tensor& error,
                             const Shape& weight, const WeightPlace& place, std::size_t max_terms) {
  require_error(problem, error, weight);
  assert(place.n >= 0 && place.n < weight.n && place.c >= 0 && place.c < weight.c);
  assert(place.y >= 0 && place.y < weight.h && place.x >= 0 && place.x < weight.w);
  Shape full = weight;
  if (is_shared(weight, problem)) full.n = problem.options.groups;
  const Canvas canvas = make_canvas(problem.input.shape(), full, problem.options);
  const std::vector<Index> rows = sources(canvas.y, place.y);
  const std::vector<Index> columns = sources(canvas.x, place.x);
  const std::vector<Channels> channels = channels_of(problem, weight, place);
  const Shape& s = error.shape();

  Collector collector(problem, max_terms);
  for (Index n = 0; n < s.n; ++n) {
    for (const Channels& c : channels) {
      for (Index y = 0; y < s.h; ++y) {
        const Index from_y = rows[static_cast<std::size_t>(y)];
        if (from_y < 0) continue;
        const float* from = problem.input.row(n, c.input, from_y);
        const float* errors = error.row(n, c.output, y);
        for (Index x = 0; x < s.w; ++x) {
          const Index from_x = columns[static_cast<std::size_t>(x)];
          if (from_x < 0) continue;
          collector.add({n, c.output, c.input, {y, x}, {from_y, from_x}, errors[x], from[from_x]});
        }
      }
    }
  }
  return collector.result(s.n * s.h * s.w * std::ssize(channels));
}

GradientSum explain_bias_gradient(const LearningProblem& problem, const Tensor& error,
                                  const Shape& weight, Index channel, std::size_t max_terms) {
  require_error(problem, error, weight);
  const Shape& s = error.shape();
  const bool shared = is_shared(weight, problem);
  assert(channel >= 0 && channel < (shared ? 1 : s.c));
  Collector collector(problem, max_terms);
  const Index end = shared ? s.c : channel + 1;
  for (Index n = 0; n < s.n; ++n) {
    for (Index c = channel; c < end; ++c) {
      for (Index y = 0; y < s.h; ++y) {
        for (Index x = 0; x < s.w; ++x)
          collector.add({n, c, 0, {y, x}, {-1, -1}, error.at(n, c, y, x), 1.0f});
      }
    }
  }
  return collector.result(s.n * s.h * s.w * (end - channel));
}

std::string gradient_formula(const GradientSum& sum, std::size_t max_terms, int digits) {
  std::string terms;
  double rest = sum.products;
  const auto written = std::span(sum.largest).first(std::min(max_terms, sum.largest.size()));
  for (const GradientTerm& term : written) {
    const auto error = static_cast<double>(term.error);
    if (!terms.empty()) terms += " + ";
    terms += (terms.empty() ? number_text(error, digits) : factor_text(error, digits)) + "·" +
             factor_text(static_cast<double>(term.x), digits);
    rest -= term.product();
  }
  const Index others = sum.nonzero - std::ssize(written);
  if (others > 0) {
    if (!terms.empty()) terms += rest < 0.0 ? " − " : " + ";
    terms += number_text(terms.empty() ? rest : std::abs(rest), digits);
    terms += others == 1 ? " (the other term)" : " (the other " + count_text(others) + " terms)";
  }
  if (terms.empty()) terms = "0";
  const std::string divisor = sum.outputs > 0 ? "/" + count_text(sum.outputs) : "";
  return "2" + divisor + "·(" + terms + ") = " + number_text(sum.value(), digits);
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
