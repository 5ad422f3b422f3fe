#include "app/export/plane_colors.h"

#include <algorithm>
#include <optional>

#include "app/look/histogram.h"
#include "app/look/plane_style.h"

namespace convscope::exports {
namespace {

RangeChoice choice_in(const Source& source, const std::string& view) {
  const auto found = source.ranges.find(view);
  return found != source.ranges.end() ? found->second : RangeChoice{};
}

// Adds a view to the range that several share.
class SharedRange {
 public:
  SharedRange(const Source& source, StyleChoice& choice) : source_(source), choice_(choice) {}
  void add(const std::string& view, const TensorPtr& tensor, Index channel, CardMeaning meaning) {
    if (!tensor || choice_in(source_, view).mode != RangeMode::kShared) return;
    const Shape& s = tensor->shape();
    const ValueRange range =
        range_of({*tensor, std::min(source_.sample, s.n - 1), std::min(channel, s.c - 1)});
    range_ = range_ ? united(*range_, range) : range;
    choice_.shared = *range_;
    choice_.shared_signs = choice_.shared_signs || is_signed(meaning);
  }

 private:
  const Source& source_;
  StyleChoice& choice_;
  std::optional<ValueRange> range_;
};

void share_range(const Source& source, StyleChoice& choice) {
  SharedRange shared(source, choice);
  const LayerResults& layer = source.layer_results();
  const Scene& scene = source.results->scene;
  shared.add("input", layer.input, source.input_channel,
             input_meaning(scene, source.signs, source.layer));
  shared.add("output", layer.output, source.channel,
             stage_meaning(scene, source.signs, {source.layer, StagePart::kOutput}));
  if (source.training)
    shared.add("error", source.training->error, source.channel, CardMeaning::kSigned);
}

}  // namespace

ValueRange range_of(const PlaneValues& plane) {
  return finite_range(plane.tensor.plane(plane.sample, plane.channel));
}

HeatmapStyle view_style(const Source& source, const std::string& view, const PlaneValues& plane,
                        CardMeaning meaning) {
  StyleChoice choice{source.dark, source.colors, meaning, choice_in(source, view)};
  if (choice.range.mode == RangeMode::kShared) share_range(source, choice);
  return plane_style(range_of(plane), choice, [&] {
    return percentiles(plane.tensor.plane(plane.sample, plane.channel), plane.tensor.shape().w);
  });
}

}  // namespace convscope::exports
