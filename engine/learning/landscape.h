#pragma once

#include <optional>
#include <span>

#include "engine/learning/quadratic_analysis.h"

// The loss over a plane through the parameter space, drawn as a picture with contours.
namespace convscope::engine {

// A point of a plane, in the plane's own coordinates.
struct PlanePoint {
  double x = 0.0;
  double y = 0.0;
  friend bool operator==(const PlanePoint&, const PlanePoint&) = default;
};

// The points origin + x · direction_x + y · direction_y. The vectors are flat as in QuadraticLoss;
// the directions are orthonormal.
struct LandscapePlane {
  std::vector<double> origin;
  std::vector<double> direction_x;
  std::vector<double> direction_y;

  // Returns the point of the plane that is nearest to the parameters.
  PlanePoint project(std::span<const double> flat) const;
  // Returns the parameters moved parallel to the plane so that they project to `point`. Components
  // outside the plane stay: dragging the start over two weights leaves the others alone.
  std::vector<double> moved(std::span<const double> flat, PlanePoint point) const;
};

// Returns the plane of two parameters, given by their places in the flat order. x and y are their
// values; the other parameters are those of `centre`. Asserts that the two differ.
LandscapePlane weight_plane(std::span<const double> centre, Index place_x, Index place_y);

// Returns the plane of two eigenvectors of H through `centre`, given by their places in
// analysis.eigenvalues() (0 is the steepest). x and y are distances from the centre. Asserts that
// the two differ.
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
  // Returns the minimum; if there are several, the one nearest to the plane's origin.
  PlanePoint minimum() const;
  // Returns a direction of length 1 along which the loss is constant; nullopt where both directions
  // are curved, and where the loss is constant everywhere.
  std::optional<PlanePoint> flat_direction() const;
};

// Returns the loss restricted to a plane.
PlaneQuadratic restricted(const QuadraticLoss& loss, const LandscapePlane& plane);

// The closed range [lo, hi].
struct Range {
  double lo = 0.0;
  double hi = 0.0;
  double length() const { return hi - lo; }
  friend bool operator==(const Range&, const Range&) = default;
};

// The part of a plane that is drawn.
struct PlaneRanges {
  Range x;
  Range y;
};

// Returns ranges that contain the start, the optimum and the trajectory with a margin. The x range
// is `aspect` times as long as the y range, so that a circle looks round in a picture of that
// shape. For a diverging trajectory the ranges are cut to 8 times the length of those around start
// and optimum.
PlaneRanges fit_ranges(PlanePoint start, PlanePoint optimum, std::span<const PlanePoint> trajectory,
                       double aspect = 1.0);

// Returns the loss at the centres of size.y × size.x cells, [1, 1, size.y, size.x]; row 0 is at
// y.hi and column 0 at x.lo. Values are clamped to 0 and to float32's largest number.
Tensor landscape(const PlaneQuadratic& loss, const PlaneRanges& ranges, Yx size);

// The steps in which contours stand, for each factor of 10 of the loss.
inline constexpr float kBandsPerDecade = 3.0f;
// Returns log10 of landscape(), rounded down to those steps, whose edges are contours.
Tensor contour_bands(const PlaneQuadratic& loss, const PlaneRanges& ranges, Yx size);

// Returns two different places among `count`, which is at least 2: the wanted ones where they can
// be.
Yx different_places(Yx wanted, Index count);
// Returns the flat places of all parameters in the order in which one chooses among them: those of
// the plane (n, c) of the weight and of the row `row`, then the others.
std::vector<Index> parameter_order(const QuadraticLoss& loss, const WeightPlace& plane, Index row);

}  // namespace convscope::engine
