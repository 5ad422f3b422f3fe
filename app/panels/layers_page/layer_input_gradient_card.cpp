#include "app/panels/layers_page/layer_input_gradient_card.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "app/panels/backward/gradient_card.h"
#include "app/panels/layers_page/layer_gradients.h"
#include "app/panels/parts/card_place.h"
#include "app/panels/parts/outlines.h"
#include "app/panels/parts/range_popup.h"
#include "app/program/view/names.h"
#include "app/ui/card.h"
#include "app/ui/color_bar.h"

namespace convscope::panels {
namespace {

constexpr const char* kView = "gradient/input";
constexpr float kMinOriginal = 96.0f;    // minimum height of the scene's input at scale 1
constexpr float kOriginalShare = 0.28f;  // share of the pictures' height

std::span<const ChainStep> steps_before(const GradientView& view) {
  return std::span(view.steps).first(view.before);
}

std::vector<ui::CellOutline> outlines_of(const LayerCards& cards) {
  std::vector<ui::CellOutline> outlines;
  const Links& links = cards.context.view.links;
  const ImU32 color = cards.context.ui.theme.color.linked;
  if (links.scene_input) {
    outline_cross(chained_reach(steps_before(*cards.gradient), *links.scene_input), color,
                  outlines);
    return outlines;
  }
  for (const CellGrid& grid : gradient_inputs(links, linked_layer(cards)))
    add_outlines(grid, color, outlines);
  return outlines;
}

// Returns whether the pointer is over the channel, over a map or slice that hands it its gradient,
// or over a cell of the scene's input that reaches it.
std::vector<bool> linked_channels(const LayerCards& cards) {
  const LayerGradients& gradients = *cards.gradients();
  const GradientLook& look = cards.gradient->look;
  const Index count = gradients.input->shape().c;
  if (cards.context.view.links.scene_input && look.stage.layer > 0)
    return reached_maps(*cards.gradient->backward, 0, look.scene_channel, look.stage.layer - 1);
  std::vector<bool> linked(static_cast<std::size_t>(count), false);
  for (Index c = 0; c < count; ++c) {
    const std::optional<Index> map = cards.hovered_map();
    linked[static_cast<std::size_t>(c)] =
        map ? sums_gradient(gradients, *map, c) : cards.hovered_channel() == c;
  }
  return linked;
}

// Returns the outlines of each channel: of what is linked to what the pointer is over, and of the
// nudged cell.
std::vector<std::vector<ui::CellOutline>> outlines_of_channels(const LayerCards& cards) {
  const std::vector<ui::CellOutline> linked = outlines_of(cards);
  const std::vector<bool> channels = linked_channels(cards);
  std::vector<std::vector<ui::CellOutline>> outlines(channels.size());
  for (std::size_t c = 0; c < channels.size(); ++c) {
    // What is pointed at is drawn over what was chosen.
    outline_nudged(cards, NudgedPlane::kInput, static_cast<Index>(c), outlines[c]);
    if (channels[c]) outlines[c].insert(outlines[c].end(), linked.begin(), linked.end());
  }
  return outlines;
}

ui::HeatmapStyle style_of(const LayerCards& cards) {
  return cards.context.styles.style(kView, cards.gradient->input, cards.context.view.settings,
                                    CardMeaning::kSigned);
}

void draw_bar(const LayerCards& cards) {
  const TensorPtr& input = cards.gradients()->input;
  const Shape& s = input->shape();
  const Index channel =
      std::clamp<Index>(cards.hovered_channel().value_or(cards.shown.input), 0, s.c - 1);
  const ui::HeatmapPlane plane{input.get(), input.revision(), cards.gradient->look.sample, channel};
  const std::optional<Yx>& cell = cards.context.view.links.input;
  const bool inside = cards.hovered_channel() && cell && cell->y < s.h && cell->x < s.w;
  const float value = inside ? plane.at(cell->y, cell->x) : 0.0f;
  draw_range_bar(cards.context, {kView, style_of(cards), plane, "layer/input/range"},
                 inside ? &value : nullptr, cards.gradient->input.common_range());
}

void draw_channels(const LayerCards& cards, ImVec2 size, bool with_bar) {
  ui::Ui& ui = cards.context.ui;
  const PlanePreviews& planes = cards.gradient->input;
  const std::vector<std::vector<ui::CellOutline>> outlines = outlines_of_channels(cards);
  const ui::HeatmapStyle style = style_of(cards);
  const Scene& scene = cards.gradient->scene();
  std::vector<GalleryTile> tiles;
  for (Index c = 0; c < planes.shape.c; ++c) {
    GalleryTile tile{c, "layer/input/" + std::to_string(c),
                     "∂L/∂" + channel_name(scene, cards.stage.layer, c), style};
    tile.selected = c == cards.shown.input && planes.shape.c > 1;
    tile.outlines = outlines[static_cast<std::size_t>(c)];
    tiles.push_back(std::move(tile));
  }
  const float bar =
      with_bar ? ui::color_bar_height(ui.theme) + std::round(ui.theme.px(6.0f)) : 0.0f;
  const std::optional<TileEvent> event =
      draw_gallery(ui, "layer/input", planes, tiles, {size.x, size.y - bar});
  if (with_bar) draw_bar(cards);
  if (!event) return;
  const auto channel = static_cast<Index>(event->tile);
  if (event->cell) {
    cards.context.hovered.input = event->cell;
    cards.context.view.layers.hovered = channel;
  }
  if ((event->clicked || event->entered) && event->cell)
    nudge_cell(cards, NudgedPlane::kInput, channel, *event->cell);
  if (!event->clicked) return;
  ShowPlanes wanted = cards.context.layer.wanted;
  wanted.input_channel = channel;
  // With a kernel shared by all channels, a channel has an output of its own.
  if (!cards.context.layer.now().kernel.layer) wanted.channel = channel;
  cards.context.actions.push(ShowLayerPlanes{cards.context.layer.index, wanted});
}

// Draws the gradient of the scene's input, with the cells that move the one under the pointer.
void draw_original(const LayerCards& cards, float height) {
  ui::Ui& ui = cards.context.ui;
  const GradientView& view = *cards.gradient;
  const Scene& scene = view.scene();
  const std::string channel = channel_name(scene, 0, view.look.scene_channel);
  GalleryTile tile{0, "layer/original", "the scene's input: ∂L/∂" + channel, {}};
  tile.style = cards.context.styles.style("gradient/scene-input", view.original,
                                          cards.context.view.settings, CardMeaning::kSigned);
  std::vector<ui::CellOutline> outlines;
  const Links& links = cards.context.view.links;
  const ImU32 color = ui.theme.color.linked;
  const bool of_map = cards.hovered && (links.output || links.pooled);
  if (of_map)
    outline_cross(chained_receptive_field(std::span(view.steps).first(view.through),
                                          links.output ? *links.output : *links.pooled),
                  color, outlines);
  else if (links.input)
    outline_cross(chained_receptive_field(steps_before(view), *links.input), color, outlines);
  else if (links.scene_input)
    outlines.push_back({links.scene_input->y, links.scene_input->x, 1, 1, color});
  const std::optional<Nudge>& nudge = cards.context.view.nudge;
  const bool nudged = nudge && nudge->layer == 0 && nudge->plane == NudgedPlane::kInput &&
                      nudge->place.n == view.look.sample &&
                      nudge->place.c == view.look.scene_channel;
  if (nudged)
    outlines.insert(outlines.begin(),
                    {nudge->place.y, nudge->place.x, 1, 1, ui.theme.color.accent});
  tile.outlines = outlines;
  tile.label_room = ImGui::GetContentRegionAvail().x;
  const std::optional<TileEvent> event = draw_gallery(
      ui, "layer/originals", view.original, {&tile, 1}, {ImGui::GetContentRegionAvail().x, height});
  if (!event || !event->cell) return;
  cards.context.hovered.scene_input = event->cell;
  if (event->clicked || event->entered)
    choose_nudge(cards.context, NudgedPlane::kInput,
                 {view.look.sample, view.look.scene_channel, event->cell->y, event->cell->x}, 0);
}

}  // namespace

void draw_layer_input_gradient(const LayerCards& cards, const Rect& rect) {
  ui::Ui& ui = cards.context.ui;
  const bool first = cards.stage.layer == 0;
  const bool there = cards.gradient != nullptr && !cards.gradient->input.empty();
  const std::string size = there ? to_string(cards.gradients()->input->shape()) + " · " : "";
  const std::string subtitle = size + "∂L/∂X";
  ui::begin_card(ui, "card/layer-input", rect.min(), rect.size(), "Input", subtitle);
  const ImVec2 all = ImGui::GetContentRegionAvail();
  if (there) {
    const float original =
        first ? 0.0f : std::round(std::max(ui.theme.px(kMinOriginal), all.y * kOriginalShare));
    const float between = first ? 0.0f : ImGui::GetStyle().ItemSpacing.y;
    draw_channels(cards, {all.x, std::max(1.0f, all.y - original - between)},
                  !is_very_low(ui.theme, rect));
    if (!first) draw_original(cards, original);
  } else {
    draw_no_pictures(cards, "layer/input/notice", all);
  }
  ui::end_card();
}

}  // namespace convscope::panels
