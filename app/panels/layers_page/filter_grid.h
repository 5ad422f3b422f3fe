#pragma once

#include <optional>

#include "app/panels/layers_page/layer_cards.h"
#include "app/panels/names.h"

namespace convscope::panels {

struct FilterGridEvent {
  // What the pointer is over: the filter of an output channel, its slice for the i-th channel that
  // it sums, and the weight in it.
  Index filter = 0, slice = 0;
  std::optional<Yx> weight;
  bool clicked = false;
};

// What the grid takes of the width of an area, with its scroll bar, and the size of its cells.
struct FilterGridFit {
  float width = 0.0f, cell = 0.0f;
};
FilterGridFit fit_filter_grid(const LayerCards& cards, ImVec2 size);

// The filters of the stage's layer, one a row: its slices, each a small heatmap, and its bias. Only
// the rows that can be seen are drawn, from one texture. Registers "filters" and "filters/o/i".
std::optional<FilterGridEvent> draw_filter_grid(const LayerCards& cards, ImVec2 size);

}  // namespace convscope::panels
