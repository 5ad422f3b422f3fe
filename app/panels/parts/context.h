#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "app/panels/parts/style_cache.h"
#include "app/program/actions.h"
#include "app/program/document/document.h"
#include "app/program/live/live.h"
#include "app/program/view/view.h"
#include "app/ui/ui.h"

namespace convscope {

// The layer that the cards are of, as the first of a scene: on the Kernel page the scene itself, on
// the Layers page the scene as the shown layer sees it.
struct ShownLayer {
  const Scene& scene;                 // as it is now
  const Results* results;             // of a scene not long ago; null at the start
  const TrainingSnapshot* training;   // null at the start, and beside a layer that does not learn
  ShowPlanes wanted;                  // the planes that were asked for
  ShownPlanes shown;                  // those of `scene`
  std::optional<StepPart> step_part;  // of the present step in slow motion; empty without it
  std::uint64_t training_version = 0;
  // Sweep, prediction and selection, which the panels of the output and of what is pooled share; on
  // the Layers page there are none.
  Explore& explore;
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

}  // namespace convscope
