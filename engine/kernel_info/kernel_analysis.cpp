#include "engine/kernel_info/kernel_analysis.h"

#include <Eigen/SVD>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/core/as_plane.h"
#include "engine/core/error.h"
#include "engine/core/number_text.h"

namespace convscope::engine {
namespace {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

constexpr double kSame = 1e-6;  // relative to the largest |weight|

void require_kernel(const Tensor& kernel) {
  const Shape& s = kernel.shape();
  if (s.n != 1 || s.c != 1 || s.h < 1 || s.w < 1)
    throw Error("the kernel " + to_string(s) + " must be one plane, [1, 1, kh, kw]");
  for (const float w : kernel.values()) {
    if (!std::isfinite(w))
      throw Error("the kernel has the weight " + number_text(static_cast<double>(w)) +
                  "; all must be finite");
  }
}

// Compares the kernel with its mirror image; mirror(position) returns the position to compare with.
template <typename Mirror>
Symmetry symmetry(const Tensor& kernel, double tolerance, Mirror mirror) {
  bool same = true;
  bool opposite = true;
  for (Index y = 0; y < kernel.shape().h; ++y) {
    for (Index x = 0; x < kernel.shape().w; ++x) {
      const Yx other = mirror(Yx{y, x});
      const auto a = static_cast<double>(kernel.at(y, x));
      const auto b = static_cast<double>(kernel.at(other.y, other.x));
      same = same && std::abs(a - b) <= tolerance;
      opposite = opposite && std::abs(a + b) <= tolerance;
    }
  }
  if (same) return Symmetry::kSymmetric;
  return opposite ? Symmetry::kAntisymmetric : Symmetry::kNone;
}

double sum_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

double absolute_sum_of(const std::vector<double>& values) {
  double sum = 0.0;
  for (const double value : values)
    sum += std::abs(value);
  return sum;
}

void scale(std::vector<double>& values, double factor) {
  for (double& value : values)
    value *= factor;
}

// Returns whether all weights are whole numbers, of a size at which float tells all of them apart.
bool all_integers(const Tensor& kernel) {
  return std::ranges::all_of(kernel.values(),
                             [](float w) { return std::abs(w) <= 0x1p24f && w == std::round(w); });
}

// Splits a kernel of rank 1 with whole numbers: its row without the common divisor, and how often
// that row fits into each row of the kernel, which is a whole number as well.
SeparablePair integer_pair(const Tensor& kernel) {
  const Shape& s = kernel.shape();
  const auto values = kernel.values();
  const auto first = std::ranges::find_if(values, [](float w) { return w != 0.0f; });
  const Index place = first - values.begin();
  const float* const from = kernel.row(0, 0, place / s.w);
  Index divisor = 0;
  for (Index x = 0; x < s.w; ++x)
    divisor = std::gcd(divisor, static_cast<Index>(from[x]));
  SeparablePair pair;
  for (Index x = 0; x < s.w; ++x)
    pair.row.push_back(static_cast<double>(from[x]) / static_cast<double>(divisor));
  const Index x = place % s.w;
  for (Index y = 0; y < s.h; ++y)
    pair.column.push_back(static_cast<double>(kernel.at(y, x)) /
                          pair.row[static_cast<std::size_t>(x)]);
  return pair;
}

}  // namespace

KernelFacts kernel_facts(const Tensor& kernel) {
  require_kernel(kernel);
  KernelFacts facts;
  const auto [smallest, largest] = std::ranges::minmax(kernel.values());
  facts.smallest = static_cast<double>(smallest);
  facts.largest = static_cast<double>(largest);
  double squares = 0.0;
  for (const float weight : kernel.values()) {
    const auto w = static_cast<double>(weight);
    facts.sum += w;
    facts.absolute_sum += std::abs(w);
    squares += w * w;
  }
  facts.norm = std::sqrt(squares);
  const double tolerance = kSame * std::max(std::abs(facts.smallest), std::abs(facts.largest));
  const Yx last{kernel.shape().h - 1, kernel.shape().w - 1};
  facts.left_right = symmetry(kernel, tolerance, [&](Yx c) { return Yx{c.y, last.x - c.x}; });
  facts.up_down = symmetry(kernel, tolerance, [&](Yx c) { return Yx{last.y - c.y, c.x}; });
  facts.half_turn = symmetry(kernel, tolerance, [&](Yx c) {
    return Yx{last.y - c.y, last.x - c.x};
  });
  return facts;
}

double KernelSvd::first_share() const {
  double squares = 0.0;
  for (const double value : values)
    squares += value * value;
  return squares > 0.0 ? values.front() / std::sqrt(squares) : 0.0;
}

KernelSvd kernel_svd(const Tensor& kernel) {
  require_kernel(kernel);
  const Shape& s = kernel.shape();
  Matrix m(s.h, s.w);
  std::ranges::copy(kernel.values(), m.data());
  const Eigen::BDCSVD<Matrix> svd(m, Eigen::ComputeThinU | Eigen::ComputeThinV);
  KernelSvd result;
  result.size = {s.h, s.w};
  for (Index k = 0; k < svd.singularValues().size(); ++k) {
    result.values.push_back(svd.singularValues()[k]);
    for (Index v = 0; v < s.h; ++v)
      result.columns.push_back(svd.matrixU()(v, k));
    for (Index u = 0; u < s.w; ++u)
      result.rows.push_back(svd.matrixV()(u, k));
  }
  constexpr auto kEpsilon = static_cast<double>(std::numeric_limits<float>::epsilon());
  const double threshold =
      result.values.front() * static_cast<double>(std::max(s.h, s.w)) * kEpsilon;
  result.rank =
      std::ranges::count_if(result.values, [&](double value) { return value > threshold; });
  return result;
}

SeparablePair separable_pair(const Tensor& kernel, const KernelSvd& svd) {
  SeparablePair pair;
  if (svd.separable() && all_integers(kernel)) {
    pair = integer_pair(kernel);
  } else {
    pair.column.assign(svd.columns.begin(), svd.columns.begin() + svd.size.y);
    pair.row.assign(svd.rows.begin(), svd.rows.begin() + svd.size.x);
    const double column = absolute_sum_of(pair.column);
    const double row = absolute_sum_of(pair.row);
    const double each = std::sqrt(svd.values.front() * column * row);
    scale(pair.column, each / column);
    scale(pair.row, each / row);
  }
  const double sum = sum_of(pair.column);
  const double decisive =
      std::abs(sum) > kSame * absolute_sum_of(pair.column) ? sum : sum_of(pair.row);
  if (decisive < 0.0) {
    scale(pair.column, -1.0);
    scale(pair.row, -1.0);
  }
  return pair;
}

Tensor product_of(const SeparablePair& pair) {
  std::vector<double> values;
  for (const double v : pair.column) {
    for (const double u : pair.row)
      values.push_back(v * u);
  }
  return as_plane(values, {std::ssize(pair.column), std::ssize(pair.row)});
}

}  // namespace convscope::engine
