#pragma once

#include <algorithm>

#include "app/panels/context.h"

namespace convscope {

// Where the cards are. `content_height` exceeds the window's where it is too small for them: then
// the content scrolls.
struct Layout {
  Rect top_bar;
  Rect input, kernel, output, pooled;
  Rect explanation;
  Rect learning, loss, error, learned;
  Rect star, equals, arrow;  // the signs between the cards; empty where they are not side by side
  float content_height = 0.0f;
  // All of the learning's cards.
  Rect lower() const {
    return {learning.x, learning.y, std::max(learned.x + learned.w, loss.x + loss.w) - learning.x,
            learned.y + learned.h - learning.y};
  }
};

// For a window of `width` x `height` pixels at a scale of the interface. The data flows from left
// to right in one row; where the window is too narrow for four cards in a row they go in two rows
// of two, or one below the other.
Layout layout_window(float width, float height, float scale);

}  // namespace convscope
