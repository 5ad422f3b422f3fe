#pragma once

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
};

// For a window of `width` x `height` pixels at a scale of the interface. The data flows from left
// to right in one row; where the window is too narrow for four cards in a row they go in two rows
// of two, or one below the other.
Layout layout_window(float width, float height, float scale);

}  // namespace convscope
