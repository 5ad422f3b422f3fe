#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "app/panels/names.h"
#include "app/panels/parts/style_cache.h"
#include "app/program/actions.h"
#include "app/program/document/document.h"
#include "app/program/lesson/lessons.h"
#include "app/program/live/live.h"
#include "app/program/view/view.h"
#include "app/ui/ui.h"

namespace convscope::panels {

// The layer that the cards show: the scene's first on the Kernel page, the layer of the shown stage
// on the Layers page.
struct ShownLayer {
  const Scene& scene;     // the current scene
  std::size_t index = 0;  // index of the layer in the scene
  // The newest results, of a slightly older scene that has this layer too; null before the first.
  const Results* all;
  // The newest snapshot; null before the first, and for a layer that does not learn.
  const TrainingSnapshot* training;
  ShowPlanes wanted;                   // the requested planes
  ShownPlanes shown;                   // the planes of `scene` that are shown
  TensorPtr input;                     // the layer's input; null before the first results
  std::optional<StepPart> step_part;   // where slow motion stops; nullopt without slow motion
  std::uint64_t training_version = 0;  // increases with every new snapshot
  // Sweep, prediction and selection, which the panels of the output and of the pooled plane share.
  // On the Layers page nothing is explored.
  Explore& explore;
  // Returns the layer of the current scene.
  const ConvolutionLayer& now() const { return convolution(scene.layers[index]); }
  // Returns the results of the layer; null before the first.
  const LayerResults* results() const { return all != nullptr ? &all->layers[index] : nullptr; }
};

// Everything that a panel needs to draw. Panels read the document, its results and the view. They
// write only `hovered`, the explored cells and their own state, and enqueue actions for other
// changes.
struct PanelContext {
  ui::Ui& ui;
  StyleCache& styles;
  const Document& document;
  Live& live;
  View& view;
  const ShownLayer& layer;
  Links& hovered;         // the cell under the pointer in this frame
  std::string_view busy;  // a text for the output's title during slow work; empty otherwise
  Actions& actions;
  const Lessons& lessons;

  // Whether a card would give away the answer of an open question.
  bool keeps_back(Card card) const { return has(view.settings.lesson.asked, card); }
};

// Enqueues an edit of the layer that the cards show: of one part, or of the whole layer.
template <typename Part>
void edit_layer(const PanelContext& context, Part part, bool continues = false) {
  context.actions.edit(LayerEdit{context.layer.index, std::move(part)}, continues);
}

}  // namespace convscope::panels
