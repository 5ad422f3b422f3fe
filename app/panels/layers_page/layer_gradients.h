#pragma once

#include <string>
#include <vector>

#include "app/panels/layers_page/layer_cards.h"
#include "app/panels/names.h"
#include "app/program/view/backward_view.h"

// What the cards of the gradients on the Layers page have in common.
namespace convscope::panels {

// Returns "∂L/∂Y", of the learning's error "∂L/∂Ŷ", "∂L/∂A" for max(Y, 0), or "∂L/∂P".
std::string gradient_symbol(const PanelContext& context, StagePart part);

// Returns whether map `map` sums input channel `channel` in the layer of these gradients.
bool sums_gradient(const LayerGradients& gradients, Index map, Index channel);

// Returns the layer for the links between its planes, with the map under the pointer, or the
// selected one.
GradientLayer linked_layer(const LayerCards& cards);

// Returns whether the shown stage has the plane of the loss, in which a click makes a cell the
// loss.
bool shows_loss(const LayerCards& cards);

// Outlines the cells where rows cross columns, in one grid where they are evenly spaced.
void outline_cross(const CellCross& cross, ImU32 color, std::vector<ui::CellOutline>& outlines);

// Outlines the cell that is nudged, where it is one of this plane of the stage's layer.
void outline_nudged(const LayerCards& cards, NudgedPlane plane, Index channel,
                    std::vector<ui::CellOutline>& outlines);

// Chooses the cell of a plane of the stage's layer to be nudged.
void nudge_cell(const LayerCards& cards, NudgedPlane plane, Index channel, Yx cell);

// Outlines grids; where they are single cells that fill a rectangle, that.
void outline_cells(const std::vector<CellGrid>& grids, ImU32 color,
                   std::vector<ui::CellOutline>& outlines);

// Draws why there are no pictures of gradients.
void draw_no_pictures(const LayerCards& cards, const char* name, ImVec2 size);

}  // namespace convscope::panels
