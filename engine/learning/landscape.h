#pragma once

#include <optional>
#include <span>

#include "engine/learning/quadratic_analysis.h"

// The loss over a plane through the space of parameters, to be drawn as a picture with contours.
namespace convscope {

struct PlanePoint {
  double x = 0.0;
  double y = 0.0;
  friend bool operator==(const PlanePoint&, const PlanePoint&) = default;
};

// The points origin + x · direction_x + y · direction_y, all flat as in QuadraticLoss; the
// directions have length 1 and are orthogonal.
struct LandscapePlane {
  std::vector<double> origin;
  std::vector<double> direction_x;
  std::vector<double> direction_y;

  // The point of the plane that is nearest to the parameters.
  PlanePoint project(std::span<const double> flat) const;
  // The parameters moved along the plane so that they project to `point`; what is not in the
  // plane's directions stays (dragging the start over two weights leaves the others alone).
  std::vector<double> moved(std::span<const double> flat, PlanePoint point) const;
};

// Over two parameters, by their places in the flat order; x and y are their values, the others are
// those of `centre`. Asserts that the two differ.
LandscapePlane weight_plane(std::span<const double> centre, Index place_x, Index place_y);

// Along two eigenvectors of H through `centre`, by their places in analysis.eigenvalues() (0: the
// steepest direction); x and y are distances from the centre. Asserts that the two differ.
LandscapePlane principal_plane(const QuadraticLoss& loss, const QuadraticAnalysis& analysis,
                               std::span<const double> centre, Index place_x = 0,
                               Index place_y = 1);

// The loss on a plane: c + gx x + gy y + (hxx x² + 2 hxy x y + hyy y²) / 2. Its contours are
// ellipses, or parallel lines along a direction that cannot be learned.
struct PlaneQuadratic {
  double c = 0.0;
  double gx = 0.0, gy = 0.0;
  double hxx = 0.0, hxy = 0.0, hyy = 0.0;

  double at(PlanePoint p) const {
    return c + gx * p.x + gy * p.y + 0.5 * (hxx * p.x * p.x + hyy * p.y * p.y) + hxy * p.x * p.y;
  }
  // Where it is least; of all such points the one nearest to the origin.
  PlanePoint least() const;
  // A direction of length 1 along which the loss stays the same; empty where it is curved in both,
  // or the same everywhere.
  std::optional<PlanePoint> flat_direction() const;
};

PlaneQuadratic restricted(const QuadraticLoss& loss, const LandscapePlane& plane);

struct Range {
  double lo = 0.0;
  double hi = 0.0;
  double length() const { return hi - lo; }
  friend bool operator==(const Range&, const Range&) = default;
};

struct PlaneRanges {
  Range x;
  Range y;
};

// Ranges that hold the start, the optimum and the trajectory with a margin, x's `aspect` times as
// long as y's, so that a circle is one in a picture of that shape. A trajectory that diverges is
// cut: the ranges are at most 8 times as long as those that hold the start and the optimum.
PlaneRanges fit_ranges(PlanePoint start, PlanePoint optimum, std::span<const PlanePoint> trajectory,
                       double aspect = 1.0);

// The loss at the centres of size.y × size.x cells, [1, 1, size.y, size.x]; row 0 is at y.hi,
// column 0 at x.lo. Never below 0; what float32 does not hold is its largest value.
Tensor landscape(const PlaneQuadratic& loss, const PlaneRanges& ranges, Yx size);

}  // namespace convscope
