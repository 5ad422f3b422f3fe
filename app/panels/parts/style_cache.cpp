#include "app/panels/parts/style_cache.h"

#include <algorithm>
#include <optional>
#include <span>

#include "app/ui/range.h"

namespace convscope::panels {
namespace {

// Returns the values of a plane. The indices are clamped, because the tensor may be an older one
// with fewer planes.
std::span<const float> values_of(const Tensor& tensor, Index sample, Index channel) {
  const Shape& s = tensor.shape();
  return tensor.plane(std::min(sample, s.n - 1), std::min(channel, s.c - 1));
}

ui::RangeChoice choice_in(const ViewSettings& settings, const std::string& view) {
  const auto found = settings.ranges.find(view);
  return found != settings.ranges.end() ? found->second : ui::RangeChoice{};
}

Shape shape_of(const ui::HeatmapPlane& plane) {
  return plane.tensor != nullptr ? plane.tensor->shape() : Shape{};
}

}  // namespace

void StyleCache::bring_up_to_date(View& view, const ui::HeatmapPlane& plane) const {
  const Shape shape = shape_of(plane);
  if (view.tensor == plane.tensor && view.revision == plane.revision && view.shape == shape) return;
  std::optional<CellRect> changed;
  if (view.shape == shape) changed = plane.revision.changed_since(view.revision);
  if (changed) {
    for (auto& [of, range] : view.ranges)
      range.update(values_of(*plane.tensor, of.first, of.second), changed->top, changed->bottom);
  } else {
    view.ranges.clear();
  }
  view.tensor = plane.tensor;
  view.revision = plane.revision;
  view.shape = shape;
}

ui::ValueRange StyleCache::range_in(View& view, const ui::HeatmapPlane& plane) const {
  bring_up_to_date(view, plane);
  if (plane.tensor == nullptr || plane.tensor->empty()) return {};
  const auto [found, added] = view.ranges.try_emplace({plane.sample, plane.channel});
  if (added) {
    found->second.find(values_of(*plane.tensor, plane.sample, plane.channel), view.shape.w);
  }
  return found->second.all();
}

ui::HeatmapStyle StyleCache::chosen(const std::string& view, const ui::ValueRange& data,
                                    const ViewSettings& settings, bool has_sign) const {
  std::optional<ui::ValueRange> shared;
  for (const auto& [name, other] : views_) {
    if (shares(other)) shared = shared ? ui::united(*shared, other.data) : other.data;
  }
  const bool diverges = has_sign && settings.colors == ui::MapChoice::kAuto;
  return ui::style_for(data, settings.dark, diverges ? ui::MapChoice::kDiverging : settings.colors,
                       choice_in(settings, view), shared.value_or(ui::ValueRange{}));
}

ui::HeatmapStyle StyleCache::style(const std::string& view, const ui::HeatmapPlane& plane,
                                   const ViewSettings& settings, bool has_sign) {
  return style(view, range_in(views_[view], plane), settings, has_sign);
}

ui::HeatmapStyle StyleCache::style(const std::string& view, const ui::ValueRange& data,
                                   const ViewSettings& settings, bool has_sign) {
  View& entry = views_[view];
  entry.data = data;
  entry.shared = choice_in(settings, view).mode == ui::RangeMode::kShared;
  entry.frame = frame_;
  return chosen(view, data, settings, has_sign);
}

ui::HeatmapStyle StyleCache::own_style(const std::string& view, const ui::ValueRange& data,
                                       const ViewSettings& settings) const {
  return chosen(view, data, settings, false);
}

std::optional<ui::ValueRange> StyleCache::data(const std::string& view) const {
  const auto found = views_.find(view);
  return found != views_.end() ? std::optional(found->second.data) : std::nullopt;
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

}  // namespace convscope::panels
