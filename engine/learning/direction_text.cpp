#include "engine/learning/direction_text.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace convscope::engine {
namespace {

// Shares of a unit vector below this count as nothing.
constexpr double kNothing = 0.02;

// The weights of one direction, [planes, h, w], and how much of it is the bias.
struct Direction {
  std::span<const double> weights;
  Index h = 1;
  Index w = 1;
  double bias = 0.0;

  double at(Index plane, Index y, Index x) const {
    return weights[static_cast<std::size_t>((plane * h + y) * w + x)];
  }
  Index planes() const { return std::ssize(weights) / (h * w); }
};

// Returns the length of the direction's difference from `other`, which gives the value of a weight.
template <typename Other>
double off(const Direction& d, const Other& other) {
  double sum = 0.0;
  for (Index p = 0; p < d.planes(); ++p) {
    for (Index y = 0; y < d.h; ++y) {
      for (Index x = 0; x < d.w; ++x) {
        const double difference = d.at(p, y, x) - other(p, y, x);
        sum += difference * difference;
      }
    }
  }
  return std::sqrt(sum);
}

// Returns whether every weight is what its mirror image is, times `sign`.
bool mirrors(const Direction& d, bool left_right, double sign) {
  return off(d, [&](Index p, Index y, Index x) {
           return sign * (left_right ? d.at(p, y, d.w - 1 - x) : d.at(p, d.h - 1 - y, x));
         }) < kNothing;
}

bool rows_alike(const Direction& d) {
  return off(d, [&](Index p, Index, Index x) { return d.at(p, 0, x); }) < kNothing;
}

bool columns_alike(const Direction& d) {
  return off(d, [&](Index p, Index y, Index) { return d.at(p, y, 0); }) < kNothing;
}

std::string weights_text(const Direction& d) {
  const auto count = std::ssize(d.weights);
  double sum = 0.0;
  for (const double weight : d.weights)
    sum += weight;
  const double mean = sum / static_cast<double>(count);
  if (off(d, [&](Index, Index, Index) { return mean; }) < kNothing)
    return count == 1 ? "The weight" : "The sum of the weights: all of them move alike";
  const bool stays = std::abs(sum) < kNothing * std::sqrt(static_cast<double>(count));
  const std::string rest = stays ? "; the sum of the weights stays" : "";
  if (count == 2 && stays) return "The difference of the two weights; their sum stays";
  if (d.w > 1 && mirrors(d, true, -1.0)) return "The left half against the right half" + rest;
  if (d.h > 1 && mirrors(d, false, -1.0)) return "The upper half against the lower half" + rest;
  if (d.h > 1 && rows_alike(d)) return "The sums of the columns: all rows move alike" + rest;
  if (d.w > 1 && columns_alike(d)) return "The sums of the rows: all columns move alike" + rest;
  if (stays) return "Weights against each other, as drawn; their sum stays";
  return "All weights at once, each as much as drawn";
}

}  // namespace

std::string direction_text(const QuadraticLoss& loss, const QuadraticAnalysis& analysis,
                           Index group, Index k) {
  const GroupSpectrum& spectrum = analysis.groups[static_cast<std::size_t>(group)];
  const Index n = loss.size();
  const std::span<const double> vector =
      std::span(spectrum.vectors)
          .subspan(static_cast<std::size_t>(k * n), static_cast<std::size_t>(n));
  Direction d;
  d.h = loss.weight_shape().h;
  d.w = loss.weight_shape().w;
  d.weights = vector.first(static_cast<std::size_t>(n - (loss.has_bias() ? 1 : 0)));
  d.bias = loss.has_bias() ? vector.back() : 0.0;
  std::string text =
      std::abs(d.bias) > 1.0 - 0.5 * kNothing * kNothing ? "The bias" : weights_text(d);
  if (text != "The bias" && std::abs(d.bias) > kNothing) text += ", and the bias with it";
  if (k >= spectrum.rank)
    return text + ". The loss is the same all along: nothing is learned here.";
  return text + ".";
}

}  // namespace convscope::engine
