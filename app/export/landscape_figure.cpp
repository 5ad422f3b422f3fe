#include "app/export/landscape_figure.h"

#include <algorithm>
#include <string>
#include <utility>

#include "app/export/learning_parts.h"
#include "app/export/plane_block.h"
#include "app/look/compared_run.h"
#include "app/look/parameter_name.h"
#include "app/look/plot_axis.h"
#include "engine/core/error.h"
#include "engine/core/loss_text.h"
#include "engine/learning/landscape.h"

namespace convscope::exports {
namespace {

using Sample = LegendEntry::Sample;

// A plane through the parameters, and what lies in it.
struct Plane {
  LandscapePlane plane;
  PlaneQuadratic quadratic;
  PlaneRanges ranges;
  std::string x_name, y_name;

  FieldPlace place(const PlanePoint& p) const {
    return {(p.x - ranges.x.lo) / ranges.x.length(), (p.y - ranges.y.lo) / ranges.y.length()};
  }
  std::vector<FieldPlace> places(const std::vector<PlanePoint>& points) const {
    std::vector<FieldPlace> line;
    line.reserve(points.size());
    for (const PlanePoint& p : points)
      line.push_back(place(p));
    return line;
  }
};

Plane plane_of(const Source& source, const TrainingAnalysis& analysis) {
  const QuadraticLoss& loss = *analysis.loss;
  Plane result;
  if (source.landscape.steepest) {
    result.plane = principal_plane(loss, analysis.spectrum, analysis.spectrum.optimum);
    result.x_name = "steepest";
    result.y_name = "second";
  } else {
    const Shape& w = loss.weight_shape();
    const WeightPlace shown{std::min(source.filter, w.n - 1), std::min(source.slice, w.c - 1)};
    const std::vector<Index> order =
        parameter_order(loss, shown, std::min(source.channel, loss.rows() - 1));
    const Yx places = different_places(source.landscape.places, std::ssize(order));
    const Index x = order[static_cast<std::size_t>(places.x)];
    const Index y = order[static_cast<std::size_t>(places.y)];
    result.plane = weight_plane(analysis.spectrum.optimum, x, y);
    result.x_name = parameter_name(loss, x);
    result.y_name = parameter_name(loss, y);
  }
  result.quadratic = restricted(loss, result.plane);
  return result;
}

std::vector<PlanePoint> path_of(const std::vector<KeyframePtr>& keyframes, Index last,
                                const QuadraticLoss& loss, const LandscapePlane& plane) {
  std::vector<PlanePoint> points;
  for (const KeyframePtr& frame : keyframes) {
    if (frame->step <= last) points.push_back(plane.project(loss.flattened(frame->parameters)));
  }
  return points;
}

FieldAxis axis_of(const std::string& name, const Range& range) {
  FieldAxis axis{name, {}};
  for (const AxisTick& tick : linear_ticks(range.lo, range.hi, kFieldTicks))
    axis.ticks.push_back({(tick.value - range.lo) / range.length(), tick.text});
  return axis;
}

// The line along which the loss is constant, where there is one.
void put_valley(const Source& source, const Plane& plane, const PlanePoint& optimum,
                FieldBlock& block) {
  const std::optional<PlanePoint> way = plane.quadratic.flat_direction();
  if (!way) return;
  const double reach = plane.ranges.x.length() + plane.ranges.y.length();
  const std::vector<PlanePoint> ends = {{optimum.x - reach * way->x, optimum.y - reach * way->y},
                                        {optimum.x + reach * way->x, optimum.y + reach * way->y}};
  put_line(block, plane.places(ends),
           {Sample::kLine, "the loss is constant", palette_of(source).bad, kWhite});
}

}  // namespace

Figure landscape_figure(const Source& source) {
  const TrainingSnapshot& training = require_analysis(source);
  const TrainingAnalysis& analysis = *training.analysis;
  if (analysis.spectrum.parameters < 2) throw Error("a landscape needs two weights to be learned");
  const QuadraticLoss& loss = *analysis.loss;
  Plane plane = plane_of(source, analysis);
  std::vector<PlanePoint> path = path_of(training.keyframes, training.step, loss, plane.plane);
  path.push_back(plane.plane.project(loss.flattened({training.weight, training.bias})));
  std::vector<PlanePoint> all = path;
  std::vector<std::vector<PlanePoint>> beside;
  for (const ComparedHistory& run : training.compared) {
    beside.push_back(path_of(run.keyframes, training.step, loss, plane.plane));
    all.insert(all.end(), beside.back().begin(), beside.back().end());
  }
  const PlanePoint optimum = plane.plane.project(analysis.spectrum.optimum);
  plane.ranges = fit_ranges(path.front(), optimum, all);
  FieldBlock block;
  block.title = "Loss";
  block.subtitle = "step " + std::to_string(training.step) + " · " + loss_text(training.loss, 4);
  block.tensor =
      std::make_shared<const Tensor>(contour_bands(plane.quadratic, plane.ranges, kFieldPixels));
  block.style = bright_where_small(*block.tensor);
  block.x = axis_of(plane.x_name, plane.ranges.x);
  block.y = axis_of(plane.y_name, plane.ranges.y);
  put_valley(source, plane, optimum, block);
  for (std::size_t i = 0; i < beside.size(); ++i)
    put_line(block, plane.places(beside[i]),
             {Sample::kLine, run_label(training.compared[i].run),
              compared_color(palette_of(source), i), kDark});
  for (std::size_t i = 0; i < beside.size(); ++i) {
    if (!beside[i].empty())
      block.marks.push_back(
          {Sample::kDot, plane.place(beside[i].back()), compared_color(palette_of(source), i)});
  }
  constexpr std::size_t kMostDots = 60;
  put_line(block, plane.places(path), {Sample::kLine, "path", kDark, kWhite});
  block.lines.back().dotted = path.size() <= kMostDots;
  put_mark(block, plane.place(optimum), {Sample::kCross, "minimum", palette_of(source).bad});
  put_mark(block, plane.place(path.front()), {Sample::kRing, "start", kWhite});
  put_mark(block, plane.place(path.back()), {Sample::kDot, "now", palette_of(source).linked});
  Figure figure;
  figure.blocks.emplace_back(std::move(block));
  return figure;
}

}  // namespace convscope::exports
