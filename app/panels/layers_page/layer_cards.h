#pragma once

#include <span>
#include <string>

#include "app/panels/layers_page/gallery.h"
#include "app/panels/layers_page/layers_page.h"
#include "app/panels/names.h"
#include "app/panels/parts/rect.h"
#include "app/session/gradient_view.h"

namespace convscope::panels {

// The arguments of every card of the Layers page.
struct LayerCards {
  // The context of the stage's layer, which panels of the Kernel page take too. Its results are
  // those of `view`.
  const PanelContext& context;
  const StageView* view;  // null until the first one is made
  LayerStage stage;       // the stage of `view`; without a view the requested stage
  ShownPlanes shown;      // the selected planes, as they exist in the results of `view`
  // The map or input channel that the pointer was over in the last frame, and the filter if it was
  // over a weight.
  std::optional<Index> hovered;
  Index hovered_filter;
  std::span<const Card> sharing;  // the cards that share the place of the maps; empty if none do
  LayersPageState& state;
  bool backward = false;  // whether the cards show gradients
  // Those of the stage; null until they are made, and where there are none.
  const GradientView* gradient = nullptr;

  const LayerGradients* gradients() const {
    return gradient != nullptr ? &gradient->layer() : nullptr;
  }
  // Returns the layer's results; null without a view.
  const LayerResults* results() const { return context.layer.results(); }
  // Returns the map that the pointer is over; nothing if it is elsewhere.
  std::optional<Index> hovered_map() const {
    return context.view.links.output || context.view.links.pooled ? hovered : std::nullopt;
  }
  // Returns the input channel that the pointer is over, or whose weight it is over.
  std::optional<Index> hovered_channel() const {
    return context.view.links.input || context.view.links.weight ? hovered : std::nullopt;
  }
  // Returns whether map `map` sums input channel `channel`.
  bool sums(Index map, Index channel) const;
};

// Returns the name of a stage: "conv 2", "ReLU 2" or "pool 2".
std::string stage_name(const LayerStage& stage);

// Returns the planes of the cell under the pointer, which need not be the selected ones.
ShowPlanes pointed_planes(const LayerCards& cards);

// Writes "row 4, columns 2–7".
std::string region_text(const CellGrid& bounds);

// Returns which stage, up to that of the view, is the first without an output, and why: "conv 2 has
// no output: <reason>". Empty if all stages have one.
std::string first_failure(const StageView& view);

}  // namespace convscope::panels
