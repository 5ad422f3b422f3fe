#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "app/panels/kernel_page/explanation_panel.h"
#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/layout.h"
#include "app/panels/parts/rect.h"
#include "app/program/view/view_settings.h"
#include "app/session/stage_view.h"

namespace convscope::panels {

// The positions of the cards on the Layers page, in pixels of the window. Cards that are not shown
// have an empty place.
struct LayersLayout {
  Zones zones;
  Rect input, filters, maps, chain;
  bool chain_shared = false;  // the maps and the chain share a place
  Rect sum, facts;
  Rect lower_tabs;            // over the sum and the facts where they share a place
  float lower_height = 0.0f;  // what the cards of the lower row need
  Rect star, equals;          // signs between cards
};
// Returns the layout for a window of `width` x `height` pixels at a scale of the interface.
LayersLayout layout_layers(float width, float height, float scale, const ViewSettings& settings);

// All slices of all filters side by side in one plane, from which the grid of filters is drawn.
struct FilterMosaic {
  Tensor cells;       // [1, 1, filters * kh, slices * kw]
  Revision revision;  // revision of `cells`
  // The weight and the options that `cells` was made from.
  Tensor weight;
  Index groups = 1;
  bool transposed = false;
  bool separate = false;  // each filter is divided by its largest magnitude
};

// The state of the Layers page between frames.
struct LayersPageState {
  LayerStage scrolled_to;         // the stage that the list of stages was last scrolled to
  bool separate_ranges = false;   // whether each map has its own colour range
  bool separate_filters = false;  // whether each filter has its own, symmetric about 0
  Index hovered_filter = 0;       // the filter of the weight under the pointer
  // The layer whose filters are random, or were before they were edited by hand.
  std::optional<std::size_t> seeded;
  FilterMosaic mosaic;
  Yx weight;  // that the keyboard has reached, counted through all filters and slices
};

// Draws the page. The cards show the stage view of `context.live`; until the requested one is made,
// they show the previous one if its stage still exists.
void draw_layers_page(const PanelContext& context, LayersPageState& state);

}  // namespace convscope::panels
