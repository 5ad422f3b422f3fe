#include "app/panels/layers_page/layer_input_card.h"
#include "app/panels/parts/card_place.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/look/range.h"
#include "app/panels/parts/notice.h"
#include "app/panels/parts/outlines.h"
#include "app/panels/parts/range_popup.h"
#include "app/panels/parts/size_lines.h"
#include "app/panels/parts/stack_controls.h"
#include "app/program/view/card_meaning.h"
#include "app/program/view/linked_cells.h"
#include "app/ui/card.h"
#include "app/ui/cells.h"
#include "app/ui/color_bar.h"
#include "app/ui/heatmap_view.h"
#include "engine/ops/cell_links.h"

namespace convscope::panels {
namespace {

constexpr float kMinOriginal = 96.0f;    // minimum height of the original input at scale 1
constexpr float kOriginalShare = 0.28f;  // share of the pictures' height

// Returns whether the pointer is over the channel, over a map that sums it, or over a slice that it
// is multiplied with.
bool is_linked(const LayerCards& cards, Index channel) {
  if (const auto map = cards.hovered_map()) return cards.sums(*map, channel);
  return cards.hovered_channel() == channel;
}

std::vector<ui::CellOutline> outlines_of(const LayerCards& cards) {
  std::vector<ui::CellOutline> outlines;
  if (cards.results() == nullptr) return outlines;
  const Pool2dOptions& pool = cards.results()->pool;
  for (const CellGrid& grid : linked_inputs(cards.context.view.links, *cards.results(), pool))
    add_outlines(grid, cards.context.ui.theme.color.linked, outlines);
  return outlines;
}

std::string channel_label(Index channel, bool colours) {
  constexpr std::array kColours = {"R", "G", "B"};
  if (colours) return kColours[static_cast<std::size_t>(channel)];
  return "X[" + std::to_string(channel) + "]";
}

// Returns the view whose range is chosen: the Kernel page's input, or one view for the inputs of
// all later layers.
const char* view_name(const LayerCards& cards) {
  return cards.stage.layer == 0 ? "input" : "layer input";
}

// Returns the tiles of the channels, preceded by all three together if they are colours.
std::vector<GalleryTile> channel_tiles(const LayerCards& cards,
                                       std::span<const ui::CellOutline> outlines) {
  const PlanePreviews& planes = cards.view->input;
  const Index count = planes.shape.c;
  const ViewSettings& view = cards.context.view.settings;
  const ui::HeatmapStyle style = cards.context.styles.style(
      view_name(cards), planes, view,
      input_meaning(cards.view->request.results->scene, view, cards.view->request.stage.layer));
  const bool colours = cards.stage.layer == 0 && count == 3;
  std::vector<GalleryTile> tiles;
  if (colours) {
    GalleryTile all{0, "layer/input/colours", "in colours", style};
    all.style.rgb = true;
    tiles.push_back(std::move(all));
  }
  for (Index c = 0; c < count; ++c) {
    GalleryTile tile{c, "layer/input/" + std::to_string(c), channel_label(c, colours), style};
    tile.selected = c == cards.shown.input && count > 1;
    if (is_linked(cards, c)) tile.outlines = outlines;
    tiles.push_back(std::move(tile));
  }
  return tiles;
}

// Draws the colour bar. All channels share one range.
void draw_bar(const LayerCards& cards, const ui::HeatmapStyle& style) {
  const TensorPtr& input = cards.results()->input;
  const Shape& s = input->shape();
  const Index channel =
      std::clamp<Index>(cards.hovered_channel().value_or(cards.shown.input), 0, s.c - 1);
  const ui::HeatmapPlane plane{input.get(), input.revision(), std::min(cards.view->sample, s.n - 1),
                               channel};
  const std::optional<Yx>& cell = cards.context.view.links.input;
  const bool inside = cards.hovered_channel() && cell && cell->y < s.h && cell->x < s.w;
  const float value = inside ? plane.at(cell->y, cell->x) : 0.0f;
  draw_range_bar(cards.context, {view_name(cards), style, plane, "layer/input/range"},
                 inside ? &value : nullptr, cards.view->input.common_range());
}

void draw_channels(const LayerCards& cards, ImVec2 size, bool with_bar) {
  ui::Ui& ui = cards.context.ui;
  const std::vector<ui::CellOutline> outlines = outlines_of(cards);
  const std::vector<GalleryTile> tiles = channel_tiles(cards, outlines);
  const float bar =
      with_bar ? ui::color_bar_height(ui.theme) + std::round(ui.theme.px(6.0f)) : 0.0f;
  const std::optional<TileEvent> event =
      draw_gallery(ui, "layer/input", cards.view->input, tiles, {size.x, size.y - bar});
  if (with_bar) draw_bar(cards, tiles.back().style);
  if (!event) return;
  const Index channel = tiles[event->tile].channel;
  if (event->cell) {
    cards.context.hovered.input = event->cell;
    cards.context.view.layers.hovered = channel;
  }
  if (!event->clicked) return;
  ShowPlanes planes = cards.context.layer.wanted;
  planes.input_channel = tiles[event->tile].style.rgb ? kAllChannels : channel;
  // With a kernel shared by all channels, a channel has an output of its own.
  if (!cards.context.layer.now().kernel.layer) planes.channel = channel;
  cards.context.actions.push(ShowLayerPlanes{cards.context.layer.index, planes});
}

// Draws the scene's input with the cells that a cell of a later layer depends on.
void draw_original(const LayerCards& cards, float height) {
  ui::Ui& ui = cards.context.ui;
  const PlanePreviews& planes = cards.view->original;
  const ViewSettings& view = cards.context.view.settings;
  GalleryTile tile{0, "layer/original", "the scene's input", {}};
  tile.style = cards.context.styles.style("input", planes, view,
                                          input_meaning(cards.view->request.results->scene, view));
  tile.style.rgb = planes.shape.c == 3;
  std::vector<ui::CellOutline> outlines;
  const Links& links = cards.context.view.links;
  const std::span<const ChainStep> steps = cards.view->steps;
  const bool of_map = cards.hovered && (links.output || links.pooled);
  if (of_map && !steps.empty()) {
    const Yx cell = links.output ? *links.output : *links.pooled;
    add_outlines(chained_receptive_field(steps, cell).bounds(), ui.theme.color.linked, outlines);
  } else if (links.input && !steps.empty()) {
    add_outlines(chained_receptive_field(steps.first(cards.view->before), *links.input).bounds(),
                 ui.theme.color.linked, outlines);
  }
  tile.outlines = outlines;
  tile.label_room = ImGui::GetContentRegionAvail().x;
  draw_gallery(ui, "layer/originals", planes, {&tile, 1},
               {ImGui::GetContentRegionAvail().x, height});
}

}  // namespace

void draw_layer_input(const LayerCards& cards, const Rect& rect) {
  const PanelContext& context = cards.context;
  ui::Ui& ui = context.ui;
  const bool first = cards.stage.layer == 0;
  const std::string subtitle = cards.view != nullptr && !cards.view->input.empty()
                                   ? to_string(cards.results()->input->shape())
                                   : "";
  ui::begin_card(ui, "card/layer-input", rect.min(), rect.size(), "Input", subtitle);
  if (cards.view != nullptr && !cards.view->input.empty()) {
    const ImVec2 all = ImGui::GetContentRegionAvail();
    const float original =
        first ? 0.0f : std::round(std::max(ui.theme.px(kMinOriginal), all.y * kOriginalShare));
    const float between = first ? 0.0f : ImGui::GetStyle().ItemSpacing.y;
    draw_channels(cards, {all.x, std::max(1.0f, all.y - original - between)},
                  !is_very_low(ui.theme, rect));
    if (!first) draw_original(cards, original);
  } else if (cards.view != nullptr) {
    const std::string failure = first_failure(*cards.view);
    draw_notice(ui, "layer/input/notice",
                failure.empty() ? "There is not enough memory for the pictures."
                                : "Nothing comes in: " + failure + ".",
                ImGui::GetContentRegionAvail(), ui.theme.color.bad);
  }
  ui::end_card();
}

void draw_layer_input_controls(const LayerCards& cards) {
  if (cards.stage.layer == 0)
    draw_stack_controls(cards.context);
  else
    draw_picture_stepper(cards.context, "stack/picture");
  if (cards.view == nullptr || cards.view->input.empty()) return;
  draw_note_line(
      cards.context.ui, "stack/note",
      to_string(cards.results()->input->shape()) + ": pictures, channels, rows, columns");
}

}  // namespace convscope::panels
