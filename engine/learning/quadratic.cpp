#include "engine/learning/quadratic.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace convscope::engine {

std::optional<QuadraticLoss> QuadraticLoss::build(const LearningProblem& problem,
                                                  const Shape& weight, bool bias,
                                                  const std::stop_token& stop,
                                                  const Progress& progress) {
  require_fit(problem, {Tensor(weight), {}});
  QuadraticLoss result;
  result.weight_shape_ = weight;
  result.bias_ = bias;
  result.shared_ = is_shared(weight, problem);
  result.transposed_ = problem.options.transposed;
  Shape full = weight;
  if (result.shared_) full.n = problem.options.groups;
  std::optional<GramSums> sums =
      gram_sums(problem.input, problem.target, full, problem.options, bias, stop, progress);
  if (!sums) return std::nullopt;
  result.sums_ = *std::move(sums);
  result.rows_ = result.sums_.channels;
  if (result.shared_) result.share_rows();
  if (problem.reduction == Reduction::kMean)
    result.scale_ = 1.0 / static_cast<double>(std::max<Index>(1, problem.target.numel()));
  return result;
}

// With one kernel shared by all channels, the loss is the sum of the channels' losses.
void QuadraticLoss::share_rows() {
  const auto add_to_first = [](std::vector<double>& values, Index size) {
    for (Index k = size; k < std::ssize(values); ++k)
      values[static_cast<std::size_t>(k % size)] += values[static_cast<std::size_t>(k)];
    values.resize(static_cast<std::size_t>(size));
  };
  add_to_first(sums_.gram, size() * size());
  add_to_first(sums_.cross, size());
  sums_.groups = 1;
  sums_.channels = 1;
  rows_ = 1;
}

std::span<const double> QuadraticLoss::a(Index group) const {
  return std::span(sums_.gram)
      .subspan(static_cast<std::size_t>(group * size() * size()),
               static_cast<std::size_t>(size() * size()));
}

std::span<const double> QuadraticLoss::b(Index row) const {
  return std::span(sums_.cross)
      .subspan(static_cast<std::size_t>(row * size()), static_cast<std::size_t>(size()));
}

double QuadraticLoss::evaluate(std::span<const double> flat, std::span<double> gradient) const {
  assert(std::ssize(flat) == parameters() && gradient.size() == flat.size());
  double loss = c();
  const Index n = size();
  for (Index row = 0; row < rows_; ++row) {
    const double* w = flat.data() + row * n;
    double* g = gradient.data() + row * n;
    const double* target = b(row).data();
    // A row of A is also its column, because A is symmetric.
    const double* column = a(group_of(row)).data();
    std::fill_n(g, n, 0.0);
    for (Index k = 0; k < n; ++k, column += n) {
      for (Index i = 0; i < n; ++i)
        g[i] += w[k] * column[i];
    }
    for (Index i = 0; i < n; ++i) {
      loss += w[i] * (g[i] - 2.0 * target[i]);
      g[i] = 2.0 * scale_ * (g[i] - target[i]);
    }
  }
  // Rounding may leave slightly less than 0. A loss that is not finite stays so.
  return loss < 0.0 ? 0.0 : scale_ * loss;
}

double QuadraticLoss::loss(std::span<const double> flat) const {
  std::vector<double> gradient(flat.size());
  return evaluate(flat, gradient);
}

double QuadraticLoss::loss(const Parameters& parameters) const {
  return loss(flattened(parameters));
}

Parameters QuadraticLoss::gradient(const Parameters& parameters) const {
  const std::vector<double> flat = flattened(parameters);
  std::vector<double> gradient(flat.size());
  evaluate(flat, gradient);
  return unflattened(gradient);
}

Index QuadraticLoss::weight_place(Index row, Index k) const {
  if (!transposed_ || shared_) return row * (size() - (bias_ ? 1 : 0)) + k;
  // A transposed weight is [C_in, C_out / groups, kh, kw].
  const Shape& s = weight_shape_;
  const Index taps = s.h * s.w;
  const Index inputs = s.n / groups();
  const Index channel = group_of(row) * inputs + k / taps;
  return (channel * s.c + row % s.c) * taps + k % taps;
}

void QuadraticLoss::flatten(const Parameters& p, std::span<double> flat) const {
  assert(p.weight.shape() == weight_shape_);
  assert(std::ssize(p.bias) == (bias_ ? rows_ : 0));
  const Index weights = size() - (bias_ ? 1 : 0);
  for (Index row = 0; row < rows_; ++row) {
    double* to = flat.data() + row * size();
    for (Index k = 0; k < weights; ++k)
      to[k] = static_cast<double>(p.weight.data()[weight_place(row, k)]);
    if (bias_) to[weights] = static_cast<double>(p.bias[static_cast<std::size_t>(row)]);
  }
}

std::optional<WeightPlace> QuadraticLoss::place_of(Index flat) const {
  assert(flat >= 0 && flat < parameters());
  const Index k = flat % size();
  if (bias_ && k == size() - 1) return std::nullopt;
  const Index place = weight_place(flat / size(), k);
  const Shape& s = weight_shape_;
  return WeightPlace{place / (s.c * s.h * s.w), place / (s.h * s.w) % s.c, place / s.w % s.h,
                     place % s.w};
}

std::vector<double> QuadraticLoss::flattened(const Parameters& parameters) const {
  std::vector<double> flat(static_cast<std::size_t>(this->parameters()));
  flatten(parameters, flat);
  return flat;
}

Parameters QuadraticLoss::unflattened(std::span<const double> flat) const {
  const auto biases = static_cast<std::size_t>(bias_ ? rows_ : 0);
  Parameters parameters{Tensor(weight_shape_), std::vector<float>(biases)};
  unflatten(flat, parameters);
  return parameters;
}

void QuadraticLoss::unflatten(std::span<const double> flat, Parameters& p) const {
  assert(std::ssize(flat) == parameters());
  assert(p.weight.shape() == weight_shape_);
  const Index weights = size() - (bias_ ? 1 : 0);
  for (Index row = 0; row < rows_; ++row) {
    const double* from = flat.data() + row * size();
    for (Index k = 0; k < weights; ++k)
      p.weight.data()[weight_place(row, k)] = static_cast<float>(from[k]);
    if (bias_) p.bias[static_cast<std::size_t>(row)] = static_cast<float>(from[weights]);
  }
}

}  // namespace convscope::engine
