#pragma once

#include <optional>

#include "app/panels/layers_page/layer_cards.h"
#include "app/panels/names.h"

namespace convscope::panels {

// What the pointer is over in the grid of filters.
struct FilterGridEvent {
  Index filter = 0;          // the filter, by its output channel
  Index slice = 0;           // i for the slice of the i-th input channel that the filter sums
  std::optional<Yx> weight;  // position in the slice; empty if the pointer is beside it
  bool clicked = false;
};

// The size of the grid in some area, in pixels.
struct FilterGridFit {
  float width = 0.0f;  // width of the grid with its scroll bar
  float cell = 0.0f;   // side of a weight's cell
};
// Returns the size that the grid has in an area of `size` pixels.
FilterGridFit fit_filter_grid(const LayerCards& cards, ImVec2 size);

// Draws the filters of the layer, one in each row: the filter's slices as small heatmaps, then its
// bias. Draws only the visible rows, from one texture. Returns what the pointer is over; nothing if
// it is elsewhere. Registers "filters" and, for slice i of filter o, "filters/o/i".
std::optional<FilterGridEvent> draw_filter_grid(const LayerCards& cards, ImVec2 size);

}  // namespace convscope::panels
