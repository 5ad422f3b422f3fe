#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "app/panels/kernel_page/explanation_panel.h"
#include "app/panels/parts/context.h"
#include "app/session/stage_view.h"

namespace convscope {

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
  std::uint64_t version = 0;
};

struct LayersPageState {
  LayerStage stage;                // that is shown
  LayerStage listed;               // that the list of the chain was scrolled to
  std::vector<ShowPlanes> planes;  // of the layers after the first, which has the window's
  bool separate_ranges = false;    // each map has its own
  // What the cell under the pointer is of: the map, or the channel of an input cell or of a weight.
  std::optional<Index> hovered;
  Index hovered_filter = 0;  // of a weight
  FilterMosaic mosaic;
  float input_controls = 0.0f, filter_controls = 0.0f, map_controls = 0.0f;  // their heights
  float chain_controls = 0.0f;
};

// The planes of a layer that are shown.
ShowPlanes layer_planes(const ViewSettings& view, const LayersPageState& state, std::size_t layer);
// `context` for another scene and view of it.
PanelContext context_for(const PanelContext& context, const Scene& scene, const Results* results,
                         const ViewSettings& view, Actions& actions, std::uint64_t version);
// What the page needs for the results of the scene.
StageRequest stage_request(const ResultsPtr& results, const ViewSettings& view,
                           const LayersPageState& state);

// The second page of the window: the scene's layers, one stage of the chain at a time. `view` is
// null at the start.
void draw_layers_page(const PanelContext& context, const LayersLayout& layout,
                      const StageView* view, std::uint64_t version, LayersPageState& state);

}  // namespace convscope
