#include "engine/learning/landscape.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace convscope::engine {
namespace {

constexpr double kMargin = 0.15;  // on each side, relative to the range
constexpr double kMaxGrowth = 8;  // how much a trajectory may enlarge the ranges

double dot(std::span<const double> a, std::span<const double> b) {
  assert(a.size() == b.size());
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

// Returns aᵀ H b.
double curvature(const QuadraticLoss& loss, std::span<const double> a, std::span<const double> b) {
  const Index n = loss.size();
  double sum = 0.0;
  for (Index row = 0; row < loss.rows(); ++row) {
    const std::span<const double> matrix = loss.a(loss.group_of(row));
    const auto first = static_cast<std::size_t>(row * n);
    const auto size = static_cast<std::size_t>(n);
    for (std::size_t i = 0; i < size; ++i) {
      if (a[first + i] != 0.0)
        sum += a[first + i] * dot(matrix.subspan(i * size, size), b.subspan(first, size));
    }
  }
  return 2.0 * loss.scale() * sum;
}

struct Mode {
  double eigenvalue;
  Index row;
  Index place;  // in its group's spectrum
};

// Returns the modes in the order of QuadraticAnalysis::eigenvalues().
std::vector<Mode> modes_of(const QuadraticLoss& loss, const QuadraticAnalysis& analysis) {
  std::vector<Mode> modes;
  for (Index row = 0; row < loss.rows(); ++row) {
    const GroupSpectrum& group = analysis.groups[static_cast<std::size_t>(loss.group_of(row))];
    for (Index k = 0; k < loss.size(); ++k)
      modes.push_back({group.values[static_cast<std::size_t>(k)], row, k});
  }
  std::ranges::stable_sort(modes, std::greater(), &Mode::eigenvalue);
  return modes;
}

std::vector<double> direction_of(const QuadraticLoss& loss, const QuadraticAnalysis& analysis,
                                 const Mode& mode) {
  std::vector<double> result(static_cast<std::size_t>(loss.parameters()));
  const GroupSpectrum& group = analysis.groups[static_cast<std::size_t>(loss.group_of(mode.row))];
  std::copy_n(group.vectors.begin() + mode.place * loss.size(), loss.size(),
              result.begin() + mode.row * loss.size());
  // The sign of an eigenvector is arbitrary, so its largest value is made positive.
  const auto larger = [](double a, double b) { return std::abs(a) < std::abs(b); };
  if (*std::ranges::max_element(result, larger) < 0.0) {
    for (double& v : result)
      v = -v;
  }
  return result;
}

// The eigenvalues of a symmetric 2 × 2 matrix, which a rotation by (cos, sin) makes diagonal.
struct Curvatures {
  explicit Curvatures(const PlaneQuadratic& q) {
    const double angle = 0.5 * std::atan2(2.0 * q.hxy, q.hxx - q.hyy);
    cos = std::cos(angle);
    sin = std::sin(angle);
    first = q.hxx * cos * cos + 2.0 * q.hxy * cos * sin + q.hyy * sin * sin;
    second = q.hxx * sin * sin - 2.0 * q.hxy * cos * sin + q.hyy * cos * cos;
    zero = kZeroEigenvalue * std::max(first, second);
  }
  double cos, sin, first, second;
  double zero;  // curvatures up to this count as 0
};

bool is_finite(PlanePoint p) {
  return std::isfinite(p.x) && std::isfinite(p.y);
}

void widen(PlaneRanges& r, PlanePoint p) {
  r.x = {std::min(r.x.lo, p.x), std::max(r.x.hi, p.x)};
  r.y = {std::min(r.y.lo, p.y), std::max(r.y.hi, p.y)};
}

Range around(const Range& range, double length) {
  const double middle = 0.5 * (range.lo + range.hi);
  return {middle - 0.5 * length, middle + 0.5 * length};
}

// Returns the common scale: the length of y, or of x divided by the aspect if larger.
double scale_of(const PlaneRanges& r, double aspect) {
  return std::max(r.y.length(), r.x.length() / aspect);
}

}  // namespace

PlanePoint LandscapePlane::project(std::span<const double> flat) const {
  return {dot(flat, direction_x) - dot(origin, direction_x),
          dot(flat, direction_y) - dot(origin, direction_y)};
}

std::vector<double> LandscapePlane::moved(std::span<const double> flat, PlanePoint point) const {
  const PlanePoint from = project(flat);
  std::vector<double> result(flat.begin(), flat.end());
  for (std::size_t k = 0; k < result.size(); ++k)
    result[k] += (point.x - from.x) * direction_x[k] + (point.y - from.y) * direction_y[k];
  return result;
}

LandscapePlane weight_plane(std::span<const double> centre, Index place_x, Index place_y) {
  assert(place_x != place_y);
  LandscapePlane plane{{centre.begin(), centre.end()},
                       std::vector<double>(centre.size()),
                       std::vector<double>(centre.size())};
  const auto x = static_cast<std::size_t>(place_x), y = static_cast<std::size_t>(place_y);
  plane.origin.at(x) = plane.origin.at(y) = 0.0;
  plane.direction_x[x] = 1.0;
  plane.direction_y[y] = 1.0;
  return plane;
}

LandscapePlane principal_plane(const QuadraticLoss& loss, const QuadraticAnalysis& analysis,
                               std::span<const double> centre, Index place_x, Index place_y) {
  assert(place_x != place_y);
  const std::vector<Mode> modes = modes_of(loss, analysis);
  return {{centre.begin(), centre.end()},
          direction_of(loss, analysis, modes.at(static_cast<std::size_t>(place_x))),
          direction_of(loss, analysis, modes.at(static_cast<std::size_t>(place_y)))};
}

PlanePoint PlaneQuadratic::minimum() const {
  const Curvatures k(*this);
  const double along = k.first > k.zero ? -(gx * k.cos + gy * k.sin) / k.first : 0.0;
  const double across = k.second > k.zero ? -(gy * k.cos - gx * k.sin) / k.second : 0.0;
  return {along * k.cos - across * k.sin, along * k.sin + across * k.cos};
}

std::optional<PlanePoint> PlaneQuadratic::flat_direction() const {
  const Curvatures k(*this);
  if (k.first <= k.zero && k.second > k.zero) return PlanePoint{k.cos, k.sin};
  if (k.second <= k.zero && k.first > k.zero) return PlanePoint{-k.sin, k.cos};
  return std::nullopt;
}

PlaneQuadratic restricted(const QuadraticLoss& loss, const LandscapePlane& plane) {
  std::vector<double> gradient(plane.origin.size());
  PlaneQuadratic q;
  q.c = loss.evaluate(plane.origin, gradient);
  q.gx = dot(gradient, plane.direction_x);
  q.gy = dot(gradient, plane.direction_y);
  q.hxx = curvature(loss, plane.direction_x, plane.direction_x);
  q.hxy = curvature(loss, plane.direction_x, plane.direction_y);
  q.hyy = curvature(loss, plane.direction_y, plane.direction_y);
  return q;
}

PlaneRanges fit_ranges(PlanePoint start, PlanePoint optimum, std::span<const PlanePoint> trajectory,
                       double aspect) {
  assert(is_finite(start) && is_finite(optimum) && aspect > 0.0);
  PlaneRanges r{{start.x, start.x}, {start.y, start.y}};
  widen(r, optimum);
  double min_scale = scale_of(r, aspect);
  // A start at the optimum still needs a range, so it takes the size of the weights.
  if (min_scale == 0.0) min_scale = std::max({1.0, std::abs(start.x), std::abs(start.y)});
  const PlaneRanges limits{around(r.x, min_scale * aspect * kMaxGrowth),
                           around(r.y, min_scale * kMaxGrowth)};
  for (const PlanePoint& p : trajectory) {
    if (is_finite(p))
      widen(r,
            {std::clamp(p.x, limits.x.lo, limits.x.hi), std::clamp(p.y, limits.y.lo, limits.y.hi)});
  }
  const double scale = std::max(scale_of(r, aspect), min_scale) * (1.0 + 2.0 * kMargin);
  return {around(r.x, scale * aspect), around(r.y, scale)};
}

Tensor landscape(const PlaneQuadratic& loss, const PlaneRanges& ranges, Yx size) {
  constexpr double kLargest = std::numeric_limits<float>::max();
  Tensor result(Shape{1, 1, size.y, size.x});
  const double dy = ranges.y.length() / static_cast<double>(size.y);
  const double dx = ranges.x.length() / static_cast<double>(size.x);
  for (Index i = 0; i < size.y; ++i) {
    const double y = ranges.y.hi - (static_cast<double>(i) + 0.5) * dy;
    float* row = result.row(0, 0, i);
    for (Index j = 0; j < size.x; ++j) {
      const double x = ranges.x.lo + (static_cast<double>(j) + 0.5) * dx;
      row[j] = static_cast<float>(std::clamp(loss.at({x, y}), 0.0, kLargest));
    }
  }
  return result;
}

Tensor contour_bands(const PlaneQuadratic& loss, const PlaneRanges& ranges, Yx size) {
  Tensor bands = landscape(loss, ranges, size);
  float largest = 0.0f;
  for (const float v : bands.values())
    largest = std::max(largest, v);
  const float floor = std::max(largest * 1e-6f, 1e-30f);
  for (float& v : bands.values())
    v = std::floor(std::log10(std::max(v, floor)) * kBandsPerDecade) / kBandsPerDecade;
  return bands;
}

Yx different_places(Yx wanted, Index count) {
  const Index last = count - 1;
  const Index y = std::clamp<Index>(wanted.y, 0, last);
  Index x = std::clamp<Index>(wanted.x, 0, last);
  if (x == y) x = y == last ? y - 1 : y + 1;
  return {y, x};
}

std::vector<Index> parameter_order(const QuadraticLoss& loss, const WeightPlace& plane, Index row) {
  std::vector<Index> order;
  std::vector<Index> others;
  for (Index flat = 0; flat < loss.parameters(); ++flat) {
    const std::optional<WeightPlace> place = loss.place_of(flat);
    const bool first =
        place ? place->n == plane.n && place->c == plane.c : loss.row_of(flat) == row;
    (first ? order : others).push_back(flat);
  }
  order.insert(order.end(), others.begin(), others.end());
  return order;
}

}  // namespace convscope::engine
