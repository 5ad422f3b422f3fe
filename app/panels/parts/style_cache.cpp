#include "app/panels/parts/style_cache.h"

#include <algorithm>
#include <optional>
#include <span>

#include "app/look/plane_style.h"

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

// What the user chose, or by meaning: photographs are grey.
ui::MapChoice map_of(const ViewSettings& settings, CardMeaning meaning) {
  const bool grey = settings.colors == ui::MapChoice::kAuto && meaning == CardMeaning::kPicture;
  return grey ? ui::MapChoice::kGrey : settings.colors;
}

Shape shape_of(const ui::HeatmapPlane& plane) {
  return plane.tensor != nullptr ? plane.tensor->shape() : Shape{};
}

}  // namespace

ui::HeatmapStyle automatic_style(const ui::ValueRange& data, const ViewSettings& settings,
                                 CardMeaning meaning) {
  return ui::style_for(data, settings.dark(), map_of(settings, meaning),
                       is_signed(meaning) ? ui::Signs::kSigned : ui::Signs::kUnsigned);
}

void StyleCache::bring_up_to_date(View& view, const ui::HeatmapPlane& plane) const {
  const Shape shape = shape_of(plane);
  if (view.tensor == plane.tensor && view.revision == plane.revision && view.shape == shape) return;
  view.percentiles.clear();
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

std::optional<ui::ValueRange> StyleCache::percentiles_in(View& view, const PlanePreviews& planes,
                                                         Index channel) {
  if (planes.cells.empty()) return std::nullopt;
  if (view.previews != planes.revision) view.preview_percentiles.clear();
  view.previews = planes.revision;
  const auto [found, added] = view.preview_percentiles.try_emplace(channel);
  if (added) {
    found->second =
        ui::percentiles(channel < 0 ? planes.cells.values() : planes.cells.plane(0, channel),
                        planes.cells.shape().w);
  }
  return found->second;
}

ui::HeatmapStyle StyleCache::chosen(const std::string& view, const ui::ValueRange& data,
                                    const ViewSettings& settings, CardMeaning meaning,
                                    const Percentiles& percentiles) const {
  ui::StyleChoice choice{settings.dark(), settings.colors, meaning, choice_in(settings, view)};
  std::optional<ui::ValueRange> shared;
  for (const auto& [name, other] : views_) {
    if (choice.range.mode != ui::RangeMode::kShared || !shares(other)) continue;
    shared = shared ? ui::united(*shared, other.data) : other.data;
    choice.shared_signs = choice.shared_signs || is_signed(other.meaning);
  }
  choice.shared = shared.value_or(ui::ValueRange{});
  return ui::plane_style(data, choice, percentiles);
}

void StyleCache::take(const std::string& view, const ui::ValueRange& data,
                      const ViewSettings& settings, CardMeaning meaning) {
  View& entry = views_[view];
  entry.data = data;
  entry.meaning = meaning;
  entry.shared = choice_in(settings, view).mode == ui::RangeMode::kShared;
  entry.frame = frame_;
}

ui::HeatmapStyle StyleCache::style(const std::string& view, const ui::HeatmapPlane& plane,
                                   const ViewSettings& settings, CardMeaning meaning) {
  View& entry = views_[view];
  take(view, range_in(entry, plane), settings, meaning);
  return chosen(view, entry.data, settings, meaning, [&]() -> std::optional<ui::ValueRange> {
    if (plane.tensor == nullptr || plane.tensor->empty()) return std::nullopt;
    const auto [found, added] = entry.percentiles.try_emplace({plane.sample, plane.channel});
    if (added) {
      found->second = ui::percentiles(values_of(*plane.tensor, plane.sample, plane.channel),
                                      plane.tensor->shape().w);
    }
    return found->second;
  });
}

ui::HeatmapStyle StyleCache::style(const std::string& view, const PlanePreviews& planes,
                                   const ViewSettings& settings, CardMeaning meaning) {
  View& entry = views_[view];
  take(view, planes.common_range(), settings, meaning);
  return chosen(view, entry.data, settings, meaning,
                [&] { return percentiles_in(entry, planes, -1); });
}

ui::HeatmapStyle StyleCache::own_style(const std::string& view, const PlanePreviews& planes,
                                       Index channel, const ViewSettings& settings,
                                       CardMeaning meaning) {
  View& entry = views_[view];
  return chosen(view, planes.ranges[static_cast<std::size_t>(channel)], settings, meaning,
                [&] { return percentiles_in(entry, planes, channel); });
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
