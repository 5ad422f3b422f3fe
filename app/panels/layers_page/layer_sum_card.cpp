#include "app/panels/layers_page/layer_sum_card.h"

#include <algorithm>

#include "app/look/range.h"
#include "app/panels/layers_page/sum_row.h"
#include "app/panels/parts/operation_sign.h"
#include "app/program/view/card_meaning.h"
#include "app/program/view/linked_cells.h"
#include "app/program/view/names.h"
#include "app/ui/card.h"
#include "app/ui/heatmap_view.h"
#include "engine/core/number_text.h"
#include "engine/explain/channel_sum.h"

namespace convscope::panels {
namespace {

// Returns the cell of the map under the pointer.
std::optional<Yx> hovered_cell(const LayerCards& cards) {
  const std::optional<Yx>& cell = cards.context.view.links.output;
  const Shape& s = cards.view->sum.shape;
  if (!cell || cards.hovered_map() != cards.view->channel) return std::nullopt;
  return cell->y < s.h && cell->x < s.w ? cell : std::nullopt;
}

SumRow make_row(const LayerCards& cards, std::span<const ui::CellOutline> outlines) {
  const StageView& view = *cards.view;
  const LayerResults& layer = *cards.results();
  ValueRange range = view.terms.common_range();
  const ValueRange sum = view.sum.common_range();
  range = {std::min(range.lo, sum.lo), std::max(range.hi, sum.hi)};
  const ViewSettings& settings = cards.context.view.settings;
  const LayerStage output{view.request.stage.layer, StagePart::kOutput};
  const ui::HeatmapStyle style = automatic_style(
      range, settings, stage_meaning(view.request.results->scene, settings, output));
  // The labels show the terms of the cell under the pointer as numbers.
  std::vector<ChannelSum> numbers;
  double total = 0.0;
  const std::optional<Yx> cell = hovered_cell(cards);
  if (cell) {
    const CellSum at = explain_output(*layer.input, layer.weight, layer.bias, layer.options,
                                      view.sample, view.channel, *cell);
    numbers = channel_sums(at);
    total = at.value;
  }
  SumRow result{view.terms, view.sum, {}, ""};
  const std::string operation =
      "W " + std::string(operation_sign(view.computed().kernel, view.computed().conv)) + " ";
  for (Index i = 0; i < view.terms.shape.c; ++i) {
    const Index channel = view.first_channel + i;
    const std::string name =
        channel_name(view.request.results->scene, view.request.stage.layer, channel);
    GalleryTile tile{i, "sum/" + std::to_string(i), operation + name, style};
    if (cell) {
      const auto found = std::ranges::find(numbers, channel, &ChannelSum::channel);
      tile.label = name + ": " + number_text(found == numbers.end() ? 0.0 : found->sum, 4);
    }
    tile.outlines = outlines;
    tile.label_room = sum_label_room(cards.context.ui.theme);
    result.tiles.push_back(std::move(tile));
  }
  GalleryTile map{0, "sum/map", "Y[" + std::to_string(view.channel) + "]", style};
  if (cell) map.label = number_text(total, 4);
  map.selected = true;
  map.outlines = outlines;
  result.tiles.push_back(std::move(map));
  const float bias = layer.bias[static_cast<std::size_t>(view.channel)];
  result.bias = "bias " + number_text(static_cast<double>(bias), 3);
  return result;
}

// Writes "Y[2] = Σ W[2, i] ⋆ X[i] + bias", without Σ where the map sees one channel alone.
std::string formula_of(const LayerCards& cards) {
  const StageView& view = *cards.view;
  const ConvolutionLayer& layer = view.computed();
  const std::string map = std::to_string(view.channel);
  const bool alone = view.terms.shape.c == 1;
  const std::string channel = alone ? std::to_string(view.first_channel) : "i";
  const Index slice = view.channel % cards.results()->weight.shape().c;
  std::string weight = "W";
  if (layer.kernel.layer && layer.conv.transposed)
    weight += "[" + channel + ", " + std::to_string(slice) + "]";
  else if (layer.kernel.layer)
    weight += "[" + map + ", " + (alone ? "0" : channel) + "]";
  return "Y[" + map + "] = " + (alone ? "" : "Σ ") + weight + " " +
         operation_sign(layer.kernel, layer.conv) + " X[" + channel + "] + bias";
}

}  // namespace

void draw_layer_sum(const LayerCards& cards, const Rect& rect) {
  ui::Ui& ui = cards.context.ui;
  const bool there = cards.view != nullptr && !cards.view->terms.empty();
  const std::string subtitle = there ? formula_of(cards) + ", all in one range" : "";
  const bool alone = there && cards.view->terms.shape.c == 1;
  ui::begin_card(ui, "card/layer-sum", rect.min(), rect.size(),
                 alone ? "One channel alone" : "Sum over channels", subtitle);
  if (there) {
    ui.items.add(alone ? "sum/alone" : "sum/over-channels", rect.min(),
                 {rect.x + rect.w, rect.y + rect.h});
    std::vector<ui::CellOutline> outlines;
    if (const std::optional<Yx> cell = hovered_cell(cards)) {
      outlines.push_back({cell->y, cell->x, 1, 1, ui.theme.color.linked});
    }
    const std::optional<Yx> pointed =
        draw_sum_row(ui, make_row(cards, outlines), ImGui::GetContentRegionAvail());
    if (pointed) {
      cards.context.hovered.output = pointed;
      cards.context.view.layers.hovered = cards.view->channel;
    }
  }
  ui::end_card();
}

}  // namespace convscope::panels
