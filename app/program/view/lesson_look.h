#pragma once

#include <cstdint>

#include "app/program/names.h"
#include "app/program/view/cards.h"

namespace convscope::program {

// Cards, a bit for each.
using CardSet = std::uint32_t;

constexpr CardSet card_set(Card card) {
  return CardSet{1} << static_cast<unsigned>(card);
}
constexpr bool has(CardSet cards, Card card) {
  return (cards & card_set(card)) != 0;
}

// Of the panel at scale 1, until somebody drags it: beside it the controls of any card have one row
// in a window of 16:9.
inline constexpr float kLessonWidth = 300.0f;
// So many times as wide while presenting, as its type is larger then.
inline constexpr float kPresentingWidth = 1.2f;
// So many times as large is everything while a lesson is presented.
inline constexpr float kHallType = 1.1f;

// How a lesson is shown, and what it makes of the page. The last five follow from the lesson in
// every frame.
struct LessonLook {
  bool shown = true;           // the panel is not hidden
  float width = kLessonWidth;  // of the panel, at scale 1
  bool contents = false;       // the list of steps is open
  bool all_cards = false;      // also those that the step leaves out
  bool open = false;           // there is a lesson, shown or hidden
  float left = 0.0f;           // pixels at the window's left that the panel takes from the page
  CardSet hidden = 0;          // cards that the step leaves out
  CardSet dimmed = 0;          // cards that it holds back
  CardSet asked = 0;           // cards that would give away the answer of an open question
};

}  // namespace convscope::program
