#include "app/panels/layers_page/layer_cards.h"

#include <array>

#include "engine/explain/channel_sum.h"
#include "engine/ops/cell_links.h"

namespace convscope::panels {
namespace {

// Writes "row 4" or "rows 4–9".
std::string range_text(const std::string& what, Index first, Index count) {
  if (count == 1) return what + " " + std::to_string(first);
  return what + "s " + std::to_string(first) + "–" + std::to_string(first + count - 1);
}

}  // namespace

bool LayerCards::sums(Index map, Index channel) const {
  const Shape& k = results()->weight.shape();
  const Index first = first_input_channel(k, results()->options, map);
  return channel >= first && channel < first + summed_channels(k, results()->options);
}

std::string stage_name(const LayerStage& stage) {
  constexpr std::array kNames = {"conv ", "ReLU ", "pool "};
  return kNames[static_cast<std::size_t>(stage.part)] + std::to_string(stage.layer + 1);
}

std::string region_text(const CellGrid& bounds) {
  return range_text("row", bounds.first.y, bounds.count.y) + ", " +
         range_text("column", bounds.first.x, bounds.count.x);
}

std::string first_failure(const StageView& view) {
  const Results& results = *view.request.results;
  const std::size_t last = view.request.stage.layer;
  for (std::size_t i = 0; i <= last; ++i) {
    const LayerResults& layer = results.layers[i];
    const auto text = [&](StagePart part, const std::string& why) {
      return stage_name({i, part}) + " has no output: " + why;
    };
    if (!layer.output) return text(StagePart::kOutput, layer.output_error);
    if (!layer.pooled_error.empty() && (i < last || view.request.stage.part == StagePart::kPooled))
      return text(StagePart::kPooled, layer.pooled_error);
  }
  return "";
}

ShowPlanes pointed_planes(const LayerCards& cards) {
  ShowPlanes planes = cards.context.layer.wanted;
  if (const std::optional<Index> map = cards.hovered_map()) planes.channel = *map;
  const std::optional<Index> channel = cards.hovered_channel();
  if (!channel || cards.results() == nullptr || !cards.results()->output) return planes;
  planes.input_channel = *channel;
  planes.channel = cards.context.view.links.weight ? cards.hovered_filter : cards.shown.output;
  // If the channel belongs to another group, takes the first map that sums it.
  for (Index map = 0;
       !cards.sums(planes.channel, *channel) && map < cards.results()->output->shape().c; ++map) {
    planes.channel = map;
  }
  return planes;
}

}  // namespace convscope::panels
