#include "app/panels/style_cache.h"

#include <algorithm>
#include <optional>

namespace convscope {
namespace {

ui::ValueRange range_of(const ui::HeatmapPlane& plane) {
  if (plane.tensor == nullptr || plane.tensor->empty()) return {};
  // What is shown may be of a moment ago, with other planes.
  const Shape& s = plane.tensor->shape();
  return ui::finite_range(
      plane.tensor->plane(std::min(plane.sample, s.n - 1), std::min(plane.channel, s.c - 1)));
}

Shape shape_of(const ui::HeatmapPlane& plane) {
  return plane.tensor != nullptr ? plane.tensor->shape() : Shape{};
}

}  // namespace

const ui::ValueRange& StyleCache::range_in(View& view, const ui::HeatmapPlane& plane) const {
  const Shape shape = shape_of(plane);
  if (view.tensor != plane.tensor || view.version != plane.version || view.shape != shape) {
    view.tensor = plane.tensor;
    view.version = plane.version;
    view.shape = shape;
    view.ranges.clear();
  }
  const auto [found, added] = view.ranges.try_emplace({plane.sample, plane.channel});
  if (added) found->second = range_of(plane);
  return found->second;
}

ui::HeatmapStyle StyleCache::style(const std::string& view, const ui::HeatmapPlane& plane,
                                   const ViewSettings& settings, bool has_sign) {
  View& entry = views_[view];
  entry.data = range_in(entry, plane);
  const auto found = settings.ranges.find(view);
  const ui::RangeChoice choice = found != settings.ranges.end() ? found->second : ui::RangeChoice{};
  entry.shared = choice.mode == ui::RangeMode::kShared;
  entry.frame = frame_;
  std::optional<ui::ValueRange> shared;
  for (const auto& [name, other] : views_) {
    if (shares(other)) shared = shared ? ui::united(*shared, other.data) : other.data;
  }
  const bool diverges = has_sign && settings.colors == ui::MapChoice::kAuto;
  return ui::style_for(entry.data, settings.dark,
                       diverges ? ui::MapChoice::kDiverging : settings.colors, choice,
                       shared.value_or(ui::ValueRange{}));
}

std::vector<std::string> StyleCache::sharing() const {
  std::vector<std::string> names;
  for (const auto& [name, view] : views_) {
    if (shares(view)) names.push_back(name);
  }
  std::ranges::sort(names);
  return names;
}

const ui::Histogram& StyleCache::histogram(const std::string& name, const ui::HeatmapPlane& plane) {
  Counted& counted = histograms_[name];
  const Shape shape = shape_of(plane);
  if (counted.histogram.counts.empty() || counted.plane != plane || counted.shape != shape) {
    counted = {plane, shape,
               ui::histogram_of(plane.tensor->plane(plane.sample, plane.channel), shape.w)};
  }
  return counted.histogram;
}

}  // namespace convscope
