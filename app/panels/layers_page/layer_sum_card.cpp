#include "app/panels/layers_page/layer_sum_card.h"

#include <algorithm>
#include <cmath>

#include "app/look/range.h"
#include "app/panels/parts/operation_sign.h"
#include "app/program/view/card_meaning.h"
#include "app/program/view/linked_cells.h"
#include "app/program/view/names.h"
#include "app/ui/card.h"
#include "app/ui/heatmap_view.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/text.h"
#include "engine/core/number_text.h"
#include "engine/explain/channel_sum.h"

namespace convscope::panels {
namespace {

constexpr float kSign = 26.0f;     // between two tiles, at scale 1
constexpr float kMinTile = 64.0f;  // minimum width of a tile at scale 1
constexpr float kRim = 4.0f;

// Returns the cell of the map under the pointer.
std::optional<Yx> hovered_cell(const LayerCards& cards) {
  const std::optional<Yx>& cell = cards.context.view.links.output;
  const Shape& s = cards.view->sum.shape;
  if (!cell || cards.hovered_map() != cards.view->channel) return std::nullopt;
  return cell->y < s.h && cell->x < s.w ? cell : std::nullopt;
}

// The tiles of the sum: the terms, and the map at the end.
struct SumTiles {
  std::vector<GalleryTile> tiles;
  std::string bias;  // "bias 0.1"; empty without a bias
};

SumTiles make_tiles(const LayerCards& cards, std::span<const ui::CellOutline> outlines) {
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
  SumTiles result;
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
    tile.label_room = cards.context.ui.theme.px(kMinTile + kSign);
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

// Draws text in the middle of a part of the row.
void draw_between(const ui::Theme& theme, ImVec2 at, ImVec2 size, ImFont* font,
                  std::string_view text) {
  const ImVec2 extent = ui::text_size(font, ui::font_size(font), text);
  ui::draw_text(ImGui::GetWindowDrawList(), font, ui::font_size(font),
                {std::round(at.x + (size.x - extent.x) * 0.5f),
                 std::round(at.y + (size.y - extent.y) * 0.5f)},
                theme.color.ink, text);
}

// The layout of term + term + ... + bias = map, from left to right. If the row is too long, the
// terms and the bias scroll and the map stays. All positions are relative to the row's left end.
struct RowPlace {
  ImVec2 picture;
  float sign = 0.0f, bias = 0.0f;  // widths
  float count = 1.0f;              // number of terms
  float rim = 0.0f;
  float high = 0.0f;  // height of the pictures
  float tile(std::size_t i) const { return static_cast<float>(i) * (picture.x + sign); }
  float bias_at() const { return count * (picture.x + sign); }
  float terms() const { return bias_at() + bias; }  // width of the terms and the bias
  float map() const { return terms() + sign; }
  float width() const { return map() + picture.x; }
};

RowPlace place_row(const ui::Ui& ui, const SumTiles& sum, const Shape& plane, ImVec2 size) {
  RowPlace place;
  place.rim = std::round(ui.theme.px(kRim));
  place.sign = std::round(ui.theme.px(kSign));
  place.bias = ui::label_width(ui, sum.bias);
  place.count = static_cast<float>(sum.tiles.size() - 1);
  const float aspect = static_cast<float>(plane.h) / static_cast<float>(plane.w);
  place.high = size.y - 2 * place.rim - tile_label_height(ui) - ImGui::GetStyle().ScrollbarSize;
  const float room = size.x - 2 * place.rim - place.bias - place.sign * (place.count + 1.0f);
  const float width = std::max(room / (place.count + 1.0f), ui.theme.px(kMinTile));
  place.picture.x = std::floor(std::min(width, place.high / std::max(aspect, 0.2f)));
  place.picture.y = std::floor(std::min(place.picture.x * aspect, place.high));
  return place;
}

void draw_sum_tile(const LayerCards& cards, const GalleryTile& tile, const PlanePreviews& planes,
                   ImVec2 at, ImVec2 picture) {
  ImGui::SetCursorScreenPos(at);
  const auto event = draw_tile(cards.context.ui, planes, tile, picture);
  if (!event || !event->cell) return;
  cards.context.hovered.output = event->cell;
  cards.context.view.layers.hovered = cards.view->channel;
}

// Draws the terms and the bias, but only the tiles that are visible.
void draw_terms(const LayerCards& cards, const SumTiles& sum, const RowPlace& place,
                ImVec2 origin) {
  const ui::Theme& theme = cards.context.ui.theme;
  const float left = ImGui::GetWindowPos().x;
  const float right = left + ImGui::GetWindowSize().x;
  const ImVec2 sign{place.sign, place.picture.y};
  const auto at = [&](float x) { return ImVec2{origin.x + x, origin.y}; };
  // A partly visible sign could be mistaken for another one.
  const auto draw_plus = [&](float x) {
    if (at(x).x < left || at(x + place.sign).x > right) return;
    draw_between(theme, at(x), sign, theme.font.title, "+");
  };
  for (std::size_t i = 0; i + 1 < sum.tiles.size(); ++i) {
    const float x = place.tile(i);
    if (at(x + place.picture.x).x < left || at(x - place.sign).x > right) continue;
    if (i > 0) draw_plus(x - place.sign);
    draw_sum_tile(cards, sum.tiles[i], cards.view->terms, at(x), place.picture);
  }
  draw_plus(place.bias_at() - place.sign);
  draw_between(theme, at(place.bias_at()), {place.bias, place.picture.y}, theme.font.small,
               sum.bias);
}

void draw_row(const LayerCards& cards, const SumTiles& sum, ImVec2 size) {
  const RowPlace place = place_row(cards.context.ui, sum, cards.view->sum.shape, size);
  const ImVec2 start = ImGui::GetCursorScreenPos();
  const float all = place.width() + 2 * place.rim;
  const bool scrolls = all > size.x;
  const float result = place.sign + place.picture.x + place.rim;  // width of "= map"
  const float begin = scrolls ? place.rim : std::max(place.rim, std::floor((size.x - all) * 0.5f));
  const float top = place.rim + std::floor(std::max(0.0f, (place.high - place.picture.y) * 0.5f));
  const float room = scrolls ? std::max(1.0f, size.x - result) : begin + place.map();
  ImGui::BeginChild(
      "sum", {room, size.y}, false,
      ImGuiWindowFlags_NoBackground |
          (scrolls ? ImGuiWindowFlags_HorizontalScrollbar
                   : ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse));
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  draw_terms(cards, sum, place, {origin.x + begin, origin.y + top});
  ImGui::SetCursorScreenPos(origin);
  ImGui::Dummy({scrolls ? begin + place.terms() : 1.0f, 1.0f});
  ImGui::EndChild();
  const ImVec2 map{start.x + (scrolls ? size.x - result + place.sign : begin + place.map()),
                   start.y + top};
  const ui::Theme& theme = cards.context.ui.theme;
  draw_between(theme, {map.x - place.sign, map.y}, {place.sign, place.picture.y}, theme.font.title,
               "=");
  draw_sum_tile(cards, sum.tiles.back(), cards.view->sum, map, place.picture);
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
    draw_row(cards, make_tiles(cards, outlines), ImGui::GetContentRegionAvail());
  }
  ui::end_card();
}

}  // namespace convscope::panels
