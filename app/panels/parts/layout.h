#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "app/panels/names.h"
#include "app/panels/parts/rect.h"

namespace convscope::panels {

// Lengths at scale 1 that all pages share.
inline constexpr float kTopBar = 40.0f;
inline constexpr float kMargin = 10.0f;
inline constexpr float kCardGap = 8.0f;   // between rows, and cards without a sign
inline constexpr float kSignGap = 28.0f;  // between cards, with a sign
inline constexpr float kStrip = 50.0f;    // explanation
inline constexpr float kStripMost = 84.0f;

struct CardWidth {
  float least;  // at scale 1
  float share;  // of what is left
};
// How many of the cards stand side by side: all, half of them, or one.
int columns_for(std::span<const CardWidth> cards, float gap, float width, float scale);
// The cards in so many columns; `row` is the first row of them, the others are below it.
std::vector<Rect> place_cards(std::span<const CardWidth> cards, int columns, float gap,
                              const Rect& row, float row_gap, float scale);
// The room for a sign between two cards; empty where they are not side by side.
Rect sign_between(const Rect& a, const Rect& b);

// Two rows of cards with the explanation between them. Lengths are at scale 1.
struct PageRows {
  std::span<const CardWidth> upper, lower;
  float upper_least, lower_least;  // heights
  float upper_share;               // of the height that is left; the lower cards have the rest
};
struct PagePlaces {
  std::vector<Rect> upper, lower;
  Rect explanation;
  float content_height = 0.0f;
};
// For a window of `width` x `height` pixels. Where it is too narrow for a row, its cards go in
// several rows; where it is too low, the content is higher than the window.
PagePlaces place_rows(const PageRows& rows, float width, float height, float scale);

// Where the cards are: as many data members as there are places in the window. `content_height`
// exceeds the window's where it is too small for them: then the content scrolls.
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

}  // namespace convscope::panels
