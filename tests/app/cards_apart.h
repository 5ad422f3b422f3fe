#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/app/app_harness.h"

// Where the cards of a page lie.
namespace convscope::program {

// Expects those of the cards that are drawn, at least three, within the window's width, and none
// over another.
inline void expect_cards_apart(const AppHarness& h, const std::vector<std::string>& names,
                               float window_width) {
  std::vector<std::string> cards;
  for (const std::string& name : names) {
    if (h.has(name)) cards.push_back(name);
  }
  EXPECT_GE(cards.size(), 3u);
  for (std::size_t i = 0; i < cards.size(); ++i) {
    const auto a = h.rect(cards[i]);
    EXPECT_GE(a.min.x, 0.0f) << cards[i];
    EXPECT_LE(a.max.x, window_width) << cards[i];
    for (std::size_t j = i + 1; j < cards.size(); ++j) {
      const auto b = h.rect(cards[j]);
      const bool apart =
          a.max.x <= b.min.x || b.max.x <= a.min.x || a.max.y <= b.min.y || b.max.y <= a.min.y;
      EXPECT_TRUE(apart) << cards[i] << " and " << cards[j];
    }
  }
}

// Returns whether the card is drawn and the rectangle lies in it, to half a pixel.
inline bool lies_within(const AppHarness& h, const ui::ItemRegistry::Rect& rect,
                        const std::string& card) {
  if (!h.has(card)) return false;
  const auto outer = h.rect(card);
  return rect.min.x >= outer.min.x - 0.5f && rect.max.x <= outer.max.x + 0.5f &&
         rect.min.y >= outer.min.y - 0.5f && rect.max.y <= outer.max.y + 0.5f;
}

}  // namespace convscope::program
