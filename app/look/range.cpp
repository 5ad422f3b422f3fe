#include "app/look/range.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace convscope::look {
namespace {

constexpr float kLargest = std::numeric_limits<float>::max();

ColorMap sequential_map(MapChoice choice) {
  switch (choice) {
    case MapChoice::kMagma:
      return ColorMap::kMagma;
    case MapChoice::kGrey:
      return ColorMap::kGrey;
    default:
      return ColorMap::kViridis;
  }
}

HeatmapStyle diverging_style(float size, bool dark_theme) {
  HeatmapStyle style;
  style.map = dark_theme ? ColorMap::kDivergingDark : ColorMap::kDiverging;
  style.hi = size > 0.0f ? std::min(size, kLargest) : 1.0f;
  style.lo = -style.hi;
  return style;
}

float size_of(const ValueRange& range) {
  return std::max(std::abs(range.lo), std::abs(range.hi));
}

bool diverges(MapChoice map, Signs signs) {
  return map == MapChoice::kDiverging || (map == MapChoice::kAuto && signs == Signs::kSigned);
}

HeatmapStyle automatic_style(const ValueRange& range, bool dark_theme, MapChoice map, Signs signs) {
  const bool is_signed = signs == Signs::kSigned;
  HeatmapStyle style = diverging_style(is_signed ? size_of(range) : range.hi, dark_theme);
  if (diverges(map, signs)) return style;
  style.map = sequential_map(map);
  if (!is_signed) style.lo = 0.0f;
  return style;
}

HeatmapStyle fixed_style(const ValueRange& range, bool dark_theme, MapChoice map) {
  const bool symmetric = range.hi > 0.0f && range.lo == -range.hi;
  if (map == MapChoice::kDiverging || (map == MapChoice::kAuto && symmetric)) {
    return diverging_style(size_of(range), dark_theme);
  }
  HeatmapStyle style;
  style.map = sequential_map(map);
  style.lo = std::clamp(range.lo, -kLargest, kLargest);
  style.hi = std::clamp(range.hi, -kLargest, kLargest);
  if (!(style.hi > style.lo)) {
    const float room = std::max(1.0f, std::abs(style.lo) * 1e-3f);
    style.lo = std::min(style.lo, kLargest - room);
    style.hi = style.lo + room;
  }
  return style;
}

// From end to end, except that a diverging map keeps zero in its middle.
HeatmapStyle whole_style(const ValueRange& range, bool dark_theme, MapChoice map, Signs signs) {
  if (diverges(map, signs)) return diverging_style(size_of(range), dark_theme);
  return fixed_style(range, dark_theme, map == MapChoice::kAuto ? MapChoice::kViridis : map);
}

}  // namespace

void PlaneRange::find(std::span<const float> plane, Index width) {
  constexpr Index kValues = 4096;  // values in a group; short rows share one
  width_ = width;
  rows_ = std::max<Index>(1, kValues / width);
  const Index group = rows_ * width;
  groups_.assign(static_cast<std::size_t>((std::ssize(plane) + group - 1) / group), std::nullopt);
  find_groups(plane, 0, groups_.size());
}

void PlaneRange::update(std::span<const float> plane, Index first, Index end) {
  if (first >= end) return;
  find_groups(plane, static_cast<std::size_t>(first / rows_),
              static_cast<std::size_t>((end + rows_ - 1) / rows_));
}

void PlaneRange::find_groups(std::span<const float> plane, std::size_t first, std::size_t end) {
  const auto size = static_cast<std::size_t>(rows_ * width_);
  for (std::size_t i = first; i < std::min(end, groups_.size()); ++i)
    groups_[i] = finite_bounds(plane.subspan(i * size, std::min(size, plane.size() - i * size)));
  std::optional<ValueRange> all;
  for (const std::optional<ValueRange>& group : groups_) {
    if (group) all = all ? united(*all, *group) : *group;
  }
  all_ = all.value_or(ValueRange{});
}

ValueRange united(const ValueRange& a, const ValueRange& b) {
  return {std::min(a.lo, b.lo), std::max(a.hi, b.hi)};
}

HeatmapStyle style_for(const ValueRange& data, bool dark_theme, MapChoice map, Signs signs,
                       const RangeChoice& choice, const ValueRange& shared) {
  switch (choice.mode) {
    case RangeMode::kSymmetric:
      return automatic_style(data, dark_theme, map, Signs::kSigned);
    case RangeMode::kLocked:
    case RangeMode::kTyped:
      return fixed_style(choice.fixed, dark_theme, map);
    case RangeMode::kShared:
      return automatic_style(shared, dark_theme, map, signs);
    case RangeMode::kMinMax:
    case RangeMode::kPercentiles:
      return whole_style(data, dark_theme, map, signs);
    case RangeMode::kAutomatic:
      break;
  }
  return automatic_style(data, dark_theme, map, signs);
}

HeatmapStyle style_for(const Tensor& tensor, Index channel, bool dark_theme, MapChoice map,
                       Signs signs) {
  const ValueRange range = tensor.empty() ? ValueRange{} : finite_range(tensor.plane(0, channel));
  return style_for(range, dark_theme, map, signs);
}

}  // namespace convscope::look
