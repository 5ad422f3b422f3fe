#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "app/panels/kernel_page/explanation_panel.h"
#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"
#include "app/session/stage_view.h"

namespace convscope::panels {

// The positions of the cards on the Layers page, in pixels of the window.
struct LayersLayout {
  Rect input, filters, maps, chain;
  Rect sum, facts;
  Rect explanation;
  Rect star, equals;            // signs between cards; empty where these are not side by side
  float content_height = 0.0f;  // above the window's height if the page scrolls
};
// Returns the layout moved down by `dy` pixels.
LayersLayout moved(const LayersLayout& layout, float dy);
// Returns the layout for a window of `width` x `height` pixels at a scale of the interface.
LayersLayout layout_layers(float width, float height, float scale);

// All slices of all filters side by side in one plane, from which the grid of filters is drawn.
struct FilterMosaic {
  Tensor cells;       // [1, 1, filters * kh, slices * kw]
  Revision revision;  // revision of `cells`
  // The weight and the options that `cells` was made from.
  Tensor weight;
  Index groups = 1;
  bool transposed = false;
};

// The state of the Layers page between frames.
struct LayersPageState {
  LayerStage scrolled_to;        // the stage that the list of stages was last scrolled to
  bool separate_ranges = false;  // whether each map has its own colour range
  Index hovered_filter = 0;      // the filter of the weight under the pointer
  FilterMosaic mosaic;
  // Heights of the controls of four cards, in pixels.
  float input_controls = 0.0f, filter_controls = 0.0f, map_controls = 0.0f;
  float chain_controls = 0.0f;
};

// Draws the page. The cards show the stage view of `context.live`; until the requested one is made,
// they show the previous one if its stage still exists.
void draw_layers_page(const PanelContext& context, const LayersLayout& layout,
                      LayersPageState& state);

}  // namespace convscope::panels
