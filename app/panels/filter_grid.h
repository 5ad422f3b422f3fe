#pragma once

#include <optional>

#include "app/panels/layer_cards.h"

namespace convscope {

struct FilterGridEvent {
  // What the pointer is over: the filter of an output channel, its slice for the i-th channel that
  // it sums, and the weight in it.
  Index filter = 0, slice = 0;
  std::optional<Yx> weight;
  bool clicked = false;
};

// The filters of the stage's layer, one a row: its slices, each a small heatmap, and its bias. Only
// the rows that can be seen are drawn, from one texture. Registers "filters" and "filters/o/i".
std::optional<FilterGridEvent> draw_filter_grid(const LayerCards& cards, ImVec2 size);

}  // namespace convscope
