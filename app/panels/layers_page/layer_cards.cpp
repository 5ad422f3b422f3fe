#include "app/panels/layers_page/layer_cards.h"

#include <array>

#include "engine/explain/channel_sum.h"
#include "engine/ops/cell_links.h"

namespace convscope::panels {

bool LayerCards::sums(Index map, Index channel) const {
  const Shape& k = results()->weight.shape();
  const Index first = first_input_channel(k, results()->options, map);
  return channel >= first && channel < first + summed_channels(k, results()->options);
}

std::string stage_name(const LayerStage& stage) {
  constexpr std::array kNames = {"conv ", "ReLU ", "pool "};
  return kNames[static_cast<std::size_t>(stage.part)] + std::to_string(stage.layer + 1);
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

}  // namespace convscope::panels
