#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "app/panels/names.h"
#include "app/panels/parts/rect.h"

namespace convscope::panels {

// Lengths at scale 1 that all pages share.
inline constexpr float kTopBar = 40.0f;    // height of the bar along the top
inline constexpr float kMargin = 10.0f;    // margin around the cards
inline constexpr float kCardGap = 8.0f;    // gap between rows, and between cards without a sign
inline constexpr float kSignGap = 28.0f;   // gap between cards with a sign
inline constexpr float kMinStrip = 50.0f;  // minimum and maximum height of the explanation
inline constexpr float kMaxStrip = 84.0f;

// How wide a card is.
struct CardWidth {
  float min_width;  // at scale 1
  float share;      // its share of the width that is left, relative to the other cards'
};
// Returns how many of the cards fit side by side into `width` pixels: all, half of them, or one.
int columns_for(std::span<const CardWidth> cards, float gap, float width, float scale);
// Returns the rectangles of the cards in so many columns. `row` is the rectangle of the first row;
// the other rows are as high and follow below it. `gap` and `row_gap` are in pixels.
std::vector<Rect> place_cards(std::span<const CardWidth> cards, int columns, float gap,
                              const Rect& row, float row_gap, float scale);
// Returns the rectangle between two cards, for a sign; empty if they are not side by side.
Rect sign_between(const Rect& a, const Rect& b);

// Two rows of cards with the explanation between them. Lengths are at scale 1.
struct PageRows {
  std::span<const CardWidth> upper, lower;
  float upper_min_height, lower_min_height;
  float upper_share;  // the upper cards' share of the height that is left, 0 to 1
};
// The rectangles of a page in pixels.
struct PagePlaces {
  std::vector<Rect> upper, lower;
  Rect explanation;
  float content_height = 0.0f;
};
// Returns the places for a window of `width` x `height` pixels. If it is too narrow for a row of
// cards, they are put in several rows. If it is too low, the content is higher than the window.
PagePlaces place_rows(const PageRows& rows, float width, float height, float scale);

// The rectangles of the Kernel page, in pixels. It has many data members, one for each place.
struct Layout {
  Rect top_bar;
  Rect input, kernel, output, pooled;
  Rect explanation;
  Rect learning, loss, error, learned;
  Rect star, equals, arrow;     // signs between the cards; empty if the cards are not side by side
  float content_height = 0.0f;  // the page scrolls if this is more than the window's height
  // Returns the rectangle around the cards of the learning.
  Rect lower() const {
    return {learning.x, learning.y, std::max(learned.x + learned.w, loss.x + loss.w) - learning.x,
            learned.y + learned.h - learning.y};
  }
};

// Returns the layout for a window of `width` x `height` pixels at this scale of the interface. The
// data flows from left to right in one row of four cards. In a narrower window the cards are in
// rows of two, or one below the other.
Layout layout_window(float width, float height, float scale);

}  // namespace convscope::panels
