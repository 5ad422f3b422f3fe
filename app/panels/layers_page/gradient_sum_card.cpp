#include "app/panels/layers_page/gradient_sum_card.h"

#include <algorithm>
#include <limits>

#include "app/panels/backward/gradient_card.h"
#include "app/panels/layers_page/layer_gradients.h"
#include "app/panels/layers_page/sum_row.h"
#include "app/program/view/names.h"
#include "app/ui/card.h"
#include "engine/core/number_text.h"
#include "engine/explain/gradient_channels.h"

namespace convscope::panels {
namespace {

// Returns the cell of the channel's gradient under the pointer.
std::optional<Yx> hovered_cell(const LayerCards& cards) {
  const std::optional<Yx>& cell = cards.context.view.links.input;
  const Shape& s = cards.gradient->sum.shape;
  if (!cell || cards.hovered_channel() != cards.gradient->look.channel) return std::nullopt;
  const bool inside = cell->y >= 0 && cell->x >= 0 && cell->y < s.h && cell->x < s.w;
  return inside ? cell : std::nullopt;
}

std::string channel_of(const LayerCards& cards) {
  const GradientLook& look = cards.gradient->look;
  return channel_name(cards.gradient->scene(), look.stage.layer, look.channel);
}

SumRow make_row(const LayerCards& cards, std::span<const ui::CellOutline> outlines) {
  const GradientView& view = *cards.gradient;
  const LayerGradients& gradients = view.layer();
  ValueRange range = view.terms.common_range();
  const ValueRange sum = view.sum.common_range();
  range = {std::min(range.lo, sum.lo), std::max(range.hi, sum.hi)};
  const ui::HeatmapStyle style =
      automatic_style(range, cards.context.view.settings, CardMeaning::kSigned);
  std::vector<ChannelSum> numbers;
  double total = 0.0;
  const std::optional<Yx> cell = hovered_cell(cards);
  if (cell) {
    const BackwardSum at =
        explain_grad_input(*gradients.output_reached, gradients.layer.weight,
                           gradients.input->shape(), gradients.layer.options, view.look.sample,
                           view.look.channel, *cell, std::numeric_limits<std::size_t>::max());
    numbers = channel_gradients(at);
    total = at.total;
  }
  SumRow row{view.terms, view.sum, {}, ""};
  for (Index i = 0; i < view.terms.shape.c; ++i) {
    const Index map = view.first_output + i;
    const std::string name = "Y[" + std::to_string(map) + "]";
    GalleryTile tile{i, "sum/" + std::to_string(i), "from " + name, style};
    if (cell) {
      const auto found = std::ranges::find(numbers, map, &ChannelSum::channel);
      tile.label = name + ": " + number_text(found == numbers.end() ? 0.0 : found->sum, 4);
    }
    tile.outlines = outlines;
    tile.label_room = sum_label_room(cards.context.ui.theme);
    row.tiles.push_back(std::move(tile));
  }
  GalleryTile all{0, "sum/map", "∂L/∂" + channel_of(cards), style};
  if (cell) all.label = number_text(total, 4);
  all.selected = true;
  all.outlines = outlines;
  row.tiles.push_back(std::move(all));
  return row;
}

// Writes "∂L/∂X[1] = Σ ∂L/∂Y[o], each by its weights W[o, 1]".
std::string formula_of(const LayerCards& cards) {
  const GradientView& view = *cards.gradient;
  const bool alone = view.terms.shape.c == 1;
  const std::string map = alone ? std::to_string(view.first_output) : "o";
  return "∂L/∂" + channel_of(cards) + " = " + (alone ? "" : "Σ ") +
         gradient_symbol(cards.context, StagePart::kOutput) + "[" + map + "], laid back by " +
         gradient_weight_symbol(cards.context);
}

}  // namespace

void draw_gradient_sum(const LayerCards& cards, const Rect& rect) {
  ui::Ui& ui = cards.context.ui;
  const bool there = cards.gradient != nullptr && !cards.gradient->terms.empty();
  const bool alone = there && cards.gradient->terms.shape.c == 1;
  const std::string subtitle = there ? formula_of(cards) + ", all in one range" : "";
  ui::begin_card(ui, "card/layer-sum", rect.min(), rect.size(),
                 alone ? "Through one map alone" : "Sum over the maps", subtitle);
  if (there) {
    std::vector<ui::CellOutline> outlines;
    if (const std::optional<Yx> cell = hovered_cell(cards))
      outlines.push_back({cell->y, cell->x, 1, 1, ui.theme.color.linked});
    const std::optional<Yx> pointed =
        draw_sum_row(ui, make_row(cards, outlines), ImGui::GetContentRegionAvail());
    if (pointed) {
      cards.context.hovered.input = pointed;
      cards.context.view.layers.hovered = cards.gradient->look.channel;
    }
  } else {
    draw_no_pictures(cards, "sum/notice", ImGui::GetContentRegionAvail());
  }
  ui::end_card();
}

}  // namespace convscope::panels
