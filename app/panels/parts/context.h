#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "app/panels/names.h"
#include "app/panels/parts/style_cache.h"
#include "app/program/actions.h"
#include "app/program/document/document.h"
#include "app/program/live/live.h"
#include "app/program/view/view.h"
#include "app/ui/ui.h"

namespace convscope::panels {

// The layer that the cards are of: on the Kernel page the scene's first, on the Layers page that of
// the shown stage.
struct ShownLayer {
  const Scene& scene;                 // as it is now
  std::size_t index = 0;              // of the layer in it
  const Results* all;                 // of a scene not long ago, which has the layer; null at first
  const TrainingSnapshot* training;   // null at the start, and beside a layer that does not learn
  ShowPlanes wanted;                  // the planes that were asked for
  ShownPlanes shown;                  // those of `scene`
  TensorPtr input;                    // what comes in; null at the start
  std::optional<StepPart> step_part;  // of the present step in slow motion; empty without it
  std::uint64_t training_version = 0;
  // Sweep, prediction and selection, which the panels of the output and of what is pooled share; on
  // the Layers page there are none.
  Explore& explore;
  // The layer as it is now.
  const ConvolutionLayer& now() const { return convolution(scene.layers[index]); }
  // What it gave in the results; null at the start.
  const LayerResults* results() const { return all != nullptr ? &all->layers[index] : nullptr; }
};

// What every panel is given to draw. Panels read the document and what follows from it, write
// `hovered`, the explored cells and their own state, and enqueue actions for all else.
struct PanelContext {
  ui::Ui& ui;
  StyleCache& styles;
  const Document& document;
  Live& live;
  View& view;
  const ShownLayer& layer;
  Links& hovered;         // what the pointer is over in this frame
  std::string_view busy;  // what is being computed or read; empty for nothing
  Actions& actions;
};

// Enqueues an edit of the layer that the cards are of: a part of it, or all.
template <typename Part>
void edit_layer(const PanelContext& context, Part part, bool continues = false) {
  context.actions.edit(LayerEdit{context.layer.index, std::move(part)}, continues);
}

}  // namespace convscope::panels
