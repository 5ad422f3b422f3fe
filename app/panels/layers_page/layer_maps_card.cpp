#include "app/panels/layers_page/layer_maps_card.h"
#include "app/panels/parts/card_place.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/panels/parts/notice.h"
#include "app/panels/parts/outlines.h"
#include "app/panels/parts/range_popup.h"
#include "app/panels/parts/size_lines.h"
#include "app/program/view/card_meaning.h"
#include "app/program/view/linked_cells.h"
#include "app/program/view/names.h"
#include "app/ui/buttons.h"
#include "app/ui/card.h"
#include "app/ui/cells.h"
#include "app/ui/color_bar.h"
#include "app/ui/heatmap_view.h"
#include "app/ui/rows.h"
#include "app/ui/tooltip.h"
#include "engine/ops/cell_links.h"

namespace convscope::panels {
namespace {

constexpr const char* kView = "maps";  // the view whose range is chosen

// Returns the name of the stage's output.
const char* title_of(StagePart part) {
  constexpr std::array kTitles = {"Feature maps", "Feature maps after ReLU", "Pooled maps"};
  return kTitles[static_cast<std::size_t>(part)];
}

std::string symbol_of(StagePart part) {
  return part == StagePart::kPooled ? "P" : "Y";
}

std::vector<ui::CellOutline> outlines_of(const LayerCards& cards) {
  std::vector<ui::CellOutline> outlines;
  const Pool2dOptions& pool = cards.results()->pool;
  const Links& links = cards.context.view.links;
  const std::vector<CellGrid> grids = cards.view->request.stage.part == StagePart::kPooled
                                          ? linked_pooled(links, *cards.results(), pool)
                                          : linked_outputs(links, *cards.results(), pool);
  for (const CellGrid& grid : grids)
    add_outlines(grid, cards.context.ui.theme.color.linked, outlines);
  return outlines;
}

// Returns whether a map is linked to what the pointer is over: an input channel is linked to the
// maps that sum it, a map only to itself.
bool is_linked(const LayerCards& cards, Index map) {
  if (const auto channel = cards.hovered_channel()) return cards.sums(map, *channel);
  return cards.hovered_map() == map;
}

std::vector<GalleryTile> map_tiles(const LayerCards& cards,
                                   std::span<const ui::CellOutline> outlines) {
  const PlanePreviews& maps = cards.view->maps;
  const ViewSettings& view = cards.context.view.settings;
  const StageRequest& request = cards.view->request;
  const CardMeaning meaning = stage_meaning(request.results->scene, view, request.stage);
  const ui::HeatmapStyle common = cards.context.styles.style(kView, maps, view, meaning);
  const std::string symbol = symbol_of(cards.view->request.stage.part);
  std::vector<GalleryTile> tiles;
  for (Index c = 0; c < maps.shape.c; ++c) {
    GalleryTile tile{c, "maps/" + std::to_string(c), symbol + "[" + std::to_string(c) + "]",
                     common};
    if (cards.state.separate_ranges)
      tile.style = cards.context.styles.own_style(kView, maps, c, view, meaning);
    tile.selected = c == cards.shown.output;
    if (is_linked(cards, c)) tile.outlines = outlines;
    tiles.push_back(std::move(tile));
  }
  return tiles;
}

void take_event(const LayerCards& cards, const TileEvent& event) {
  const PanelContext& context = cards.context;
  const auto map = static_cast<Index>(event.tile);
  if (event.cell) {
    const bool pooled = cards.view->request.stage.part == StagePart::kPooled;
    (pooled ? context.hovered.pooled : context.hovered.output) = event.cell;
    cards.context.view.layers.hovered = map;
  }
  if (!event.clicked) return;
  ShowPlanes planes = context.layer.wanted;
  planes.channel = map;
  context.actions.push(ShowLayerPlanes{context.layer.index, planes});
}

// Returns the value under the pointer, shown as a tick of the colour bar.
std::optional<float> hovered_value(const LayerCards& cards) {
  const TensorPtr maps = stage_tensor(*cards.results(), cards.view->request.stage.part);
  const Links& links = cards.context.view.links;
  const std::optional<Yx> cell = links.output ? links.output : links.pooled;
  const std::optional<Index> map = cards.hovered_map();
  if (maps == nullptr || !cell || !map) return std::nullopt;
  const Shape& s = maps->shape();
  if (cell->y >= s.h || cell->x >= s.w || *map >= s.c) return std::nullopt;
  return maps->at(cards.view->sample, *map, cell->y, cell->x);
}

// Draws the colour bar of the map under the pointer, or of the selected map. Usually all maps share
// one range.
void draw_bar(const LayerCards& cards, std::span<const GalleryTile> tiles) {
  const PanelContext& context = cards.context;
  const PlanePreviews& maps = cards.view->maps;
  const Index last = static_cast<Index>(tiles.size()) - 1;
  const Index map = std::clamp<Index>(cards.hovered_map().value_or(cards.shown.output), 0, last);
  const auto tile = static_cast<std::size_t>(map);
  const std::optional<float> value = hovered_value(cards);
  const ui::ValueRange data = cards.state.separate_ranges ? maps.ranges[tile] : maps.common_range();
  const TensorPtr tensor = stage_tensor(*cards.results(), cards.view->request.stage.part);
  if (!tensor) return;
  const ui::HeatmapPlane plane{tensor.get(), tensor.revision(), cards.view->sample,
                               std::min(map, tensor->shape().c - 1)};
  draw_range_bar(context, {kView, tiles[tile].style, plane, "maps"}, value ? &*value : nullptr,
                 data);
}

std::string notice_of(const StageView& view, StagePart part) {
  const LayerResults& layer = view.layer();
  if (!layer.output) {
    return "No maps: " + (layer.input ? layer.output_error : first_failure(view)) + ".";
  }
  return part == StagePart::kPooled ? "Nothing pooled: " + layer.pooled_error + "."
                                    : "There is not enough memory for the pictures.";
}

}  // namespace

void draw_layer_maps(const LayerCards& cards, const Rect& rect) {
  const PanelContext& context = cards.context;
  ui::Ui& ui = context.ui;
  const bool there = cards.view != nullptr && !cards.view->maps.empty();
  const StagePart part = cards.view != nullptr ? cards.view->request.stage.part : cards.stage.part;
  std::string subtitle = symbol_of(part);
  if (there) {
    const Shape& s = cards.view->maps.shape;
    subtitle += " · " + plane_text({1, s.c, s.h, s.w});
  }
  if (!context.busy.empty()) subtitle += " · " + std::string(context.busy);
  if (!cards.sharing.empty() && part != StagePart::kOutput)
    subtitle = std::string(title_of(part)) + " · " + subtitle;
  begin_card(context, rect, {"card/layer-maps", Card::kMaps, title_of(part), subtitle},
             cards.sharing, "maps/tabs");
  const ImVec2 size = ImGui::GetContentRegionAvail();
  if (there) {
    const std::vector<ui::CellOutline> outlines = outlines_of(cards);
    const std::vector<GalleryTile> tiles = map_tiles(cards, outlines);
    const bool with_bar = !is_very_low(ui.theme, rect);
    const float bar =
        with_bar ? ui::color_bar_height(ui.theme) + std::round(ui.theme.px(6.0f)) : 0.0f;
    const std::optional<TileEvent> event =
        draw_gallery(ui, "maps", cards.view->maps, tiles, {size.x, size.y - bar});
    if (event) take_event(cards, *event);
    if (with_bar) draw_bar(cards, tiles);
  } else if (cards.view != nullptr) {
    draw_notice(ui, "maps/notice", notice_of(*cards.view, part), size, ui.theme.color.bad);
  }
  ui::end_card();
}

void draw_layer_maps_controls(const LayerCards& cards) {
  ui::Ui& ui = cards.context.ui;
  constexpr std::array kRanges = {"one range", "each its own"};
  int range = cards.state.separate_ranges ? 1 : 0;
  ui::flow(ui, ui::segmented_width(ui, kRanges));
  if (ui::segmented(ui, "maps/range", kRanges, range)) cards.state.separate_ranges = range == 1;
  ui::tooltip(ui,
              "Whether a colour means the same value in all feature maps, or each map has its own "
              "range");
  draw_note_line(ui, "maps/note",
                 cards.state.separate_ranges
                     ? "each map has all colours; equal ones differ from map to map"
                     : "equal colours are equal values in all maps");
}

}  // namespace convscope::panels
