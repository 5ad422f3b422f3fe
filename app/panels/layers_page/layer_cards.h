#pragma once

#include <string>

#include "app/panels/layers_page/gallery.h"
#include "app/panels/layers_page/layers_page.h"
#include "app/panels/names.h"
#include "app/panels/parts/rect.h"

namespace convscope::panels {

// What every card of the Layers page is given to draw.
struct LayerCards {
  // Of the stage's layer: what the panels of the Kernel page take too. Its results are those of
  // `view`.
  const PanelContext& context;
  const StageView* view;         // null at the start
  LayerStage stage;              // of `view`, or that was asked for
  ShownPlanes shown;             // of the results of `view`
  std::optional<Index> hovered;  // as LayersPageState's, in the last frame
  Index hovered_filter;          //
  LayersPageState& state;

  const LayerResults* results() const { return context.layer.results(); }
  // The map, or the input channel, that the cell under the pointer is of.
  std::optional<Index> hovered_map() const {
    return context.view.links.output || context.view.links.pooled ? hovered : std::nullopt;
  }
  std::optional<Index> hovered_channel() const {
    return context.view.links.input || context.view.links.weight ? hovered : std::nullopt;
  }
  // Whether input channel `channel` is one of those that map `map` sums.
  bool sums(Index map, Index channel) const;
};

// "conv 2", "ReLU 2", "pool 2"
std::string stage_name(const LayerStage& stage);

// Which of the layers up to the view's is the first to give nothing, and why: "conv 2 has no
// output:
// ..."; empty where all give something.
std::string first_failure(const StageView& view);

}  // namespace convscope::panels
