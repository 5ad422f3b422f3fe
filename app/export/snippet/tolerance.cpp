#include "app/export/snippet/tolerance.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "app/export/snippet/python.h"

namespace convscope::exports {
namespace {

double largest(std::span<const float> values) {
  double most = 0.0;
  for (const float v : values) {
    if (std::isfinite(v)) most = std::max(most, std::abs(static_cast<double>(v)));
  }
  return most;
}

// The largest sum of the magnitudes of the weights that one output value is summed with.
double largest_gain(const LayerResults& layer) {
  const Shape& s = layer.weight.shape();
  const bool transposed = layer.options.transposed;
  // A transposed convolution's weight has its outputs second, and its groups divide its inputs.
  const Index groups = transposed ? layer.options.groups : 1;
  std::vector<double> sums(static_cast<std::size_t>(transposed ? groups * s.c : s.n));
  for (Index n = 0; n < s.n; ++n) {
    for (Index c = 0; c < s.c; ++c) {
      double& sum = sums[static_cast<std::size_t>(transposed ? n / (s.n / groups) * s.c + c : n)];
      for (const float w : layer.weight.plane(n, c))
        sum += std::isfinite(w) ? std::abs(static_cast<double>(w)) : 0.0;
    }
  }
  return *std::ranges::max_element(sums);
}

// Rounds up to two digits.
std::string above(double value) {
  if (!(value > 0.0)) return "0.0";
  const double unit = std::pow(10.0, std::floor(std::log10(value)) - 1.0);
  double rounded = std::ceil(value / unit * (1.0 - 1e-12));
  // The quotient is exact where the unit is below 1: 0.25 and not 0.25000000000000006.
  rounded = unit < 1.0 ? rounded / std::round(1.0 / unit) : rounded * std::round(unit);
  return python::number(rounded);
}

}  // namespace

Tolerance tolerance_of(const SnippetLayer& layer, bool first) {
  const LayerResults& results = *layer.results;
  const Shape& w = results.weight.shape();
  const bool transposed = results.options.transposed;
  const Index products = (transposed ? w.n / results.options.groups : w.c) * w.h * w.w;
  // Each product and its sum, the bias, and the number that was written down in decimals.
  Index roundings = products + 2;
  double gain = largest_gain(results);
  double most = gain * largest(results.input->values()) + largest(results.bias);
  if (layer.pooled && results.pool.kind == PoolKind::kAverage) {
    const Index window = results.pool.kernel.y * results.pool.kernel.x;
    roundings += window + 1;
    if (results.pool.divisor_override != 0) {
      const double share =
          static_cast<double>(window) / static_cast<double>(results.pool.divisor_override);
      gain *= std::max(1.0, share);
      most *= std::max(1.0, share);
    }
  }
  const std::string own = "2 * " + std::to_string(roundings) + " * 2**-24 * " + above(most);
  const std::string why = std::to_string(roundings) + " roundings of sums of at most " +
                          above(most) + " to float32, here and in the window";
  if (first) return {own, "At most " + why + "."};
  const std::string before =
      layer.end == "_2" ? "" : "_" + std::to_string(std::stoi(layer.end.substr(1)) - 1);
  return {above(gain) + " * tolerance" + before + " + " + own,
          "What comes in may be off, and the weights multiply that. At most " + why + "."};
}

}  // namespace convscope::exports
