#pragma once

#include <cstdint>
#include <optional>

#include "app/program/names.h"
#include "app/scene/page.h"

namespace convscope::program {

// The cards of both pages, in the order in which they stand: those of the main row, then those of
// the row below the explanation, which folds away.
enum class Card {
  kInput,
  kKernel,
  kOutput,
  kPooled,
  kLearning,
  kLoss,
  kError,
  kLearned,
  kAbout,
  kLayerInput,
  kFilters,
  kMaps,
  kChain,
  kSum,
  kFacts,
};

constexpr Page page_of(Card card) {
  return card < Card::kLayerInput ? Page::kKernel : Page::kLayers;
}

// Whether a card stands in the row that folds away.
constexpr bool in_lower_row(Card card) {
  return (card >= Card::kLearning && card <= Card::kAbout) || card >= Card::kSum;
}

// Which cards of a page are looked at, and how. Each page has its own.
struct CardView {
  Card selected;                 // the inspector has its controls
  std::optional<Card> enlarged;  // it alone is shown, with the explanation
  bool lower_open = false;       // the row below the explanation is shown
  Card lower_tab;                // the card in front where the row has no room for all of its cards
  std::uint32_t hidden = 0;      // while presenting: the cards of the main row, a bit for each
  bool lower_presented = false;  // while the page is presented alone: the lower row is shown
  bool folds_back = false;       // the row was folded before "About this kernel" opened

  bool hides(Card card) const { return (hidden >> static_cast<unsigned>(card) & 1u) != 0; }
};

}  // namespace convscope::program
