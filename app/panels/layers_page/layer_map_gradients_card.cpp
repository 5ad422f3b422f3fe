#include "app/panels/layers_page/layer_map_gradients_card.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "app/panels/layers_page/layer_gradients.h"
#include "app/panels/parts/card_place.h"
#include "app/panels/parts/notice.h"
#include "app/panels/parts/range_popup.h"
#include "app/program/view/names.h"
#include "app/scene/shared_tensor.h"
#include "app/ui/card.h"
#include "app/ui/color_bar.h"

namespace convscope::panels {
namespace {

constexpr const char* kView = "gradient/maps";

// Returns the name of the stage's gradients.
const char* title_of(StagePart part) {
  constexpr std::array kTitles = {"Feature maps", "After ReLU", "Pooled maps"};
  return kTitles[static_cast<std::size_t>(part)];
}

// Outlines the cells of the maps that the one under the pointer gets its gradient from; on the
// plane of the loss all that it reaches.
std::vector<ui::CellOutline> outlines_of(const LayerCards& cards) {
  std::vector<ui::CellOutline> outlines;
  const GradientView& view = *cards.gradient;
  const Links& links = cards.context.view.links;
  const ImU32 color = cards.context.ui.theme.color.linked;
  const std::span<const ChainStep> through = std::span(view.steps).first(view.through);
  if (links.scene_input) {
    outline_cross(chained_reach(through, *links.scene_input), color, outlines);
    return outlines;
  }
  if (links.input && shows_loss(cards)) {
    outline_cross(chained_reach(through.subspan(view.before), *links.input), color, outlines);
    return outlines;
  }
  const GradientLayer layer = linked_layer(cards);
  outline_cells(cards.stage.part == StagePart::kPooled ? gradient_pooled(links, layer)
                                                       : gradient_outputs(links, layer),
                color, outlines);
  return outlines;
}

// Returns for each map whether it is linked to what the pointer is over.
std::vector<bool> linked_maps(const LayerCards& cards) {
  const GradientLook& look = cards.gradient->look;
  if (cards.context.view.links.scene_input)
    return reached_maps(*cards.gradient->backward, 0, look.scene_channel, look.stage.layer);
  const Index count = cards.gradient->maps.shape.c;
  std::vector<bool> linked(static_cast<std::size_t>(count), false);
  for (Index c = 0; c < count; ++c) {
    const std::optional<Index> channel = cards.hovered_channel();
    linked[static_cast<std::size_t>(c)] =
        channel ? sums_gradient(*cards.gradients(), c, *channel) : cards.hovered_map() == c;
  }
  return linked;
}

NudgedPlane nudged_plane(StagePart part) {
  constexpr std::array kPlanes = {NudgedPlane::kOutput, NudgedPlane::kActivated,
                                  NudgedPlane::kPooled};
  return kPlanes[static_cast<std::size_t>(part)];
}

// Returns the outlines of each map: of what is linked to what the pointer is over, and of the
// nudged cell.
std::vector<std::vector<ui::CellOutline>> outlines_of_maps(const LayerCards& cards) {
  const std::vector<ui::CellOutline> linked = outlines_of(cards);
  const std::vector<bool> maps = linked_maps(cards);
  std::vector<std::vector<ui::CellOutline>> outlines(maps.size());
  for (std::size_t map = 0; map < maps.size(); ++map) {
    // What is pointed at is drawn over what was chosen.
    outline_nudged(cards, nudged_plane(cards.stage.part), static_cast<Index>(map), outlines[map]);
    if (maps[map]) outlines[map].insert(outlines[map].end(), linked.begin(), linked.end());
  }
  return outlines;
}

std::vector<GalleryTile> map_tiles(const LayerCards& cards,
                                   std::span<const std::vector<ui::CellOutline>> outlines) {
  const PlanePreviews& maps = cards.gradient->maps;
  const ViewSettings& settings = cards.context.view.settings;
  const ui::HeatmapStyle common =
      cards.context.styles.style(kView, maps, settings, CardMeaning::kSigned);
  const std::string symbol = gradient_symbol(cards.context, cards.stage.part);
  std::vector<GalleryTile> tiles;
  for (Index c = 0; c < maps.shape.c; ++c) {
    GalleryTile tile{c, "maps/" + std::to_string(c), symbol + "[" + std::to_string(c) + "]",
                     common};
    if (cards.state.separate_ranges)
      tile.style = cards.context.styles.own_style(kView, maps, c, settings, CardMeaning::kSigned);
    tile.selected = c == cards.shown.output;
    tile.outlines = outlines[static_cast<std::size_t>(c)];
    tiles.push_back(std::move(tile));
  }
  return tiles;
}

// Makes a cell of the map the loss; of a drawn gradient, turns the cell's 1 on or off.
void choose_loss(const LayerCards& cards, Index map, Yx cell) {
  BackwardScene backward = cards.context.layer.scene.backward;
  const Index sample = cards.gradient->look.sample;
  if (backward.source == GradientSource::kPicture) {
    Tensor picture = gradient_seed(backward, cards.gradient->stage()->shape());
    float& value = picture.at(sample, map, cell.y, cell.x);
    value = value == 0.0f ? 1.0f : 0.0f;
    backward.picture = shared_tensor(std::move(picture));
  } else {
    backward.sample = sample;
    backward.channel = map;
    backward.cell = cell;
  }
  cards.context.actions.edit(std::move(backward));
}

void take_event(const LayerCards& cards, const TileEvent& event) {
  const PanelContext& context = cards.context;
  const auto map = static_cast<Index>(event.tile);
  if (event.cell) {
    (cards.stage.part == StagePart::kPooled ? context.hovered.pooled : context.hovered.output) =
        event.cell;
    context.view.layers.hovered = map;
  }
  if ((event.clicked || event.entered) && event.cell) {
    if (shows_loss(cards))
      choose_loss(cards, map, *event.cell);
    else
      nudge_cell(cards, nudged_plane(cards.stage.part), map, *event.cell);
  }
  if (!event.clicked) return;
  ShowPlanes planes = context.layer.wanted;
  planes.channel = map;
  context.actions.push(ShowLayerPlanes{context.layer.index, planes});
}

// Draws the colour bar of the map under the pointer, or of the selected map.
void draw_bar(const LayerCards& cards, std::span<const GalleryTile> tiles) {
  const PlanePreviews& maps = cards.gradient->maps;
  const Index last = static_cast<Index>(tiles.size()) - 1;
  const Index map = std::clamp<Index>(cards.hovered_map().value_or(cards.shown.output), 0, last);
  const auto tile = static_cast<std::size_t>(map);
  const TensorPtr tensor = cards.gradient->stage();
  const ui::HeatmapPlane plane{tensor.get(), tensor.revision(), cards.gradient->look.sample, map};
  const Links& links = cards.context.view.links;
  const std::optional<Yx> cell = links.output ? links.output : links.pooled;
  const Shape& s = tensor->shape();
  const bool inside = cell && cards.hovered_map() == map && cell->y < s.h && cell->x < s.w;
  const float value = inside ? plane.at(cell->y, cell->x) : 0.0f;
  draw_range_bar(cards.context, {kView, tiles[tile].style, plane, "maps"},
                 inside ? &value : nullptr,
                 cards.state.separate_ranges ? maps.ranges[tile] : maps.common_range());
}

void draw_maps(const LayerCards& cards, bool with_bar) {
  ui::Ui& ui = cards.context.ui;
  const ImVec2 size = ImGui::GetContentRegionAvail();
  const std::vector<std::vector<ui::CellOutline>> outlines = outlines_of_maps(cards);
  const std::vector<GalleryTile> tiles = map_tiles(cards, outlines);
  const float bar =
      with_bar ? ui::color_bar_height(ui.theme) + std::round(ui.theme.px(6.0f)) : 0.0f;
  const std::optional<TileEvent> event =
      draw_gallery(ui, "maps", cards.gradient->maps, tiles, {size.x, size.y - bar});
  if (event) take_event(cards, *event);
  if (with_bar) draw_bar(cards, tiles);
}

// Where there is little room, what stands last stays.
std::string subtitle_of(const LayerCards& cards, bool there) {
  std::string text = gradient_symbol(cards.context, cards.stage.part);
  if (cards.stage.part == StagePart::kActivated) text += ", A = max(Y, 0)";
  if (!there) return text;
  if (shows_loss(cards)) text += ", L is here";
  const Shape& s = cards.gradient->maps.shape;
  return plane_text({1, s.c, s.h, s.w}) + " · " + text;
}

}  // namespace

void draw_layer_map_gradients(const LayerCards& cards, const Rect& rect) {
  const PanelContext& context = cards.context;
  ui::Ui& ui = context.ui;
  const bool there = cards.gradient != nullptr && !cards.gradient->maps.empty();
  begin_card(
      context, rect,
      {"card/layer-maps", Card::kMaps, title_of(cards.stage.part), subtitle_of(cards, there)},
      cards.sharing, "maps/tabs");
  const ImVec2 size = ImGui::GetContentRegionAvail();
  if (there)
    draw_maps(cards, !is_very_low(ui.theme, rect));
  else if (cards.gradient != nullptr && !cards.gradient->stage())
    draw_notice(ui, "maps/notice",
                cards.stage.part == StagePart::kPooled
                    ? "No gradient comes through the pooling: the loss is a cell of Y, before it."
                    : "No gradient comes through ReLU: the loss is a cell of Y, before it.",
                size, ui.theme.color.muted);
  else
    draw_no_pictures(cards, "maps/notice", size);
  ui::end_card();
}

}  // namespace convscope::panels
