#include "app/panels/layers_page/layer_gradients.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "app/panels/backward/gradient_card.h"
#include "app/panels/parts/notice.h"
#include "app/panels/parts/outlines.h"
#include "app/program/view/linked_cells.h"
#include "engine/explain/gradient_channels.h"

namespace convscope::panels {
namespace {

// Returns the distance of evenly spaced places; nullopt where they are not.
std::optional<Index> spacing(const std::vector<Index>& places) {
  const Index step = places.size() > 1 ? places[1] - places[0] : 1;
  for (std::size_t i = 1; i < places.size(); ++i)
    if (places[i] - places[i - 1] != step) return std::nullopt;
  return step;
}

}  // namespace

std::string gradient_symbol(const PanelContext& context, StagePart part) {
  const std::array symbols = {gradient_output_symbol(context), "A", "P"};
  return std::string("∂L/∂") + symbols[static_cast<std::size_t>(part)];
}

bool sums_gradient(const LayerGradients& gradients, Index map, Index channel) {
  const ChannelRange maps =
      reached_channels(gradients.layer.weight.shape(), gradients.layer.options, channel);
  return map >= maps.first && map < maps.first + maps.count;
}

GradientLayer linked_layer(const LayerCards& cards) {
  const LayerGradients& gradients = *cards.gradients();
  const Index last = gradients.output->shape().c - 1;
  return {gradients.layer, cards.gradient->look.sample,
          std::clamp<Index>(cards.hovered_map().value_or(cards.shown.output), 0, last),
          gradients.pooled != nullptr};
}

bool shows_loss(const LayerCards& cards) {
  const Scene& scene = cards.context.layer.scene;
  return scene.backward.source != GradientSource::kError &&
         loss_stage(scene, scene.layers.size()) == cards.stage;
}

void outline_cross(const CellCross& cross, ImU32 color, std::vector<ui::CellOutline>& outlines) {
  if (cross.empty()) return;
  const std::optional<Index> dy = spacing(cross.rows);
  const std::optional<Index> dx = spacing(cross.columns);
  if (dy && dx) {
    add_outlines({{cross.rows.front(), cross.columns.front()},
                  {*dy, *dx},
                  {std::ssize(cross.rows), std::ssize(cross.columns)}},
                 color, outlines);
    return;
  }
  for (const Index y : cross.rows) {
    for (const Index x : cross.columns) {
      if (outlines.size() >= kMaxLinked) return;
      outlines.push_back({y, x, 1, 1, color});
    }
  }
}

void outline_cells(const std::vector<CellGrid>& grids, ImU32 color,
                   std::vector<ui::CellOutline>& outlines) {
  std::set<Index> rows, columns;
  for (const CellGrid& grid : grids) {
    rows.insert(grid.first.y);
    columns.insert(grid.first.x);
  }
  const auto single = [](const CellGrid& grid) { return grid.count == Yx{1, 1}; };
  if (std::ranges::all_of(grids, single) && grids.size() == rows.size() * columns.size()) {
    outline_cross({{rows.begin(), rows.end()}, {columns.begin(), columns.end()}}, color, outlines);
    return;
  }
  for (const CellGrid& grid : grids)
    add_outlines(grid, color, outlines);
}

void outline_nudged(const LayerCards& cards, NudgedPlane plane, Index channel,
                    std::vector<ui::CellOutline>& outlines) {
  const std::optional<Yx> cell =
      nudged_cell(cards.context, plane, cards.gradient->look.sample, channel);
  if (cell) outlines.push_back({cell->y, cell->x, 1, 1, cards.context.ui.theme.color.accent});
}

void nudge_cell(const LayerCards& cards, NudgedPlane plane, Index channel, Yx cell) {
  choose_nudge(cards.context, plane, {cards.gradient->look.sample, channel, cell.y, cell.x});
}

void draw_no_pictures(const LayerCards& cards, const char* name, ImVec2 size) {
  if (cards.gradient == nullptr) return draw_no_gradient(cards.context, name, size);
  draw_notice(cards.context.ui, name, "There is not enough memory for the pictures.", size,
              cards.context.ui.theme.color.bad);
}

}  // namespace convscope::panels
