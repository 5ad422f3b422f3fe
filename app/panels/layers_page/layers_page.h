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

// Where the cards of the Layers page are; as Layout, for it.
struct LayersLayout {
  Rect input, filters, maps, chain;
  Rect sum, facts;
  Rect explanation;
  Rect star, equals;
  float content_height = 0.0f;
};
// Further down by `dy` pixels.
LayersLayout moved(const LayersLayout& layout, float dy);
LayersLayout layout_layers(float width, float height, float scale);

// The weights of all filters side by side, as one plane: what the grid of filters is drawn from.
struct FilterMosaic {
  Tensor cells;   // [1, 1, filters * kh, slices * kw]
  Tensor weight;  // that it was made of
  Index groups = 1;
  bool transposed = false;
  Revision revision;  // of the cells
};

struct LayersPageState {
  LayerStage listed;             // that the list of the chain was scrolled to
  bool separate_ranges = false;  // each map has its own
  Index hovered_filter = 0;      // of a weight
  FilterMosaic mosaic;
  float input_controls = 0.0f, filter_controls = 0.0f, map_controls = 0.0f;  // their heights
  float chain_controls = 0.0f;
};

// Draws the page. What is shown of a stage is that of `context.live`, as soon as it is there.
void draw_layers_page(const PanelContext& context, const LayersLayout& layout,
                      LayersPageState& state);

}  // namespace convscope::panels
