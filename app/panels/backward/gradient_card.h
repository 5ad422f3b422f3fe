#pragma once

#include <optional>
#include <string>

#include "app/panels/backward/backward_state.h"
#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/program/view/backward_view.h"
#include "app/session/backward.h"
#include "app/ui/heatmap_view.h"

// What the cards of the gradients have in common.
namespace convscope::panels {

// Returns the gradients of the layer that the cards show; null before the first, and where there is
// none.
const LayerGradients* shown_gradients(const PanelContext& context);

// Returns whether a sweep has not handed on all of these gradients yet: of ∂L/∂X, ∂L/∂W and ∂L/∂b,
// or of ∂L/∂Y, which waits only for a sweep over the pooled plane.
bool waits_for_sweep(const PanelContext& context);
bool output_waits_for_sweep(const PanelContext& context);

// Returns that layer with its shown planes, for the links between the cards.
GradientLayer gradient_layer(const PanelContext& context, const LayerGradients& gradients);

// Return "W" and "Y", or "Ŵ" and "Ŷ" while the gradient is that of the learning's error.
const char* gradient_weight_symbol(const PanelContext& context);
const char* gradient_output_symbol(const PanelContext& context);

// Writes "Y[2, 1]", and on the Layers page, where all channels are shown, "Y[3][2, 1]".
std::string channel_cell(const PanelContext& context, const std::string& symbol, Index channel,
                         Yx cell);

// Returns whether ∂L/∂Y is drawn with the zeros that the stride puts between its cells.
bool spreads(const LayerGradients& gradients, const BackwardState& state);

// Draws why there is no gradient, or that it is being computed.
void draw_no_gradient(const PanelContext& context, const char* name, ImVec2 size);

// Returns the arguments of a heatmap of a gradient with the name `id`: its colours are those of
// signed values.
ui::HeatmapArgs gradient_args(const PanelContext& context, const char* id, const TensorPtr& tensor,
                              Index channel);

// Chooses the cell [n, c, y, x] of a plane of a layer, of the shown one unless another is given, to
// be nudged.
void choose_nudge(const PanelContext& context, NudgedPlane plane, const WeightPlace& place,
                  std::optional<std::size_t> layer = {});
// Returns the nudged cell where it is in this plane of the shown layer and in these of its planes.
std::optional<Yx> nudged_cell(const PanelContext& context, NudgedPlane plane, Index n, Index c);

}  // namespace convscope::panels
