#include "app/panels/kernel_page/kernel_page_layout.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "app/panels/parts/lower_row.h"

namespace convscope::panels {
namespace {

constexpr std::array<CardWidth, 4> kMain = {
    {{270.0f, 1.0f}, {130.0f, 0.4f}, {260.0f, 0.9f}, {170.0f, 0.55f}}};
constexpr std::array<CardWidth, 4> kLower = {
    {{366.0f, 0.5f}, {260.0f, 1.0f}, {282.0f, 0.6f}, {248.0f, 0.5f}}};

// Lengths at scale 1.
constexpr float kLearningHeight = 220.0f;
constexpr float kAboutHeight = 276.0f;
constexpr float kFourBlocks = 1176.0f;  // width for the four blocks about the kernel in one row
constexpr float kTwoBlocks = 634.0f;

Rect& place_of(Card card, KernelPageLayout& layout) {
  switch (card) {
    case Card::kInput:
      return layout.input;
    case Card::kKernel:
      return layout.kernel;
    case Card::kPooled:
      return layout.pooled;
    case Card::kLearning:
      return layout.learning;
    case Card::kLoss:
      return layout.loss;
    case Card::kError:
      return layout.error;
    case Card::kLearned:
      return layout.learned;
    case Card::kAbout:
      return layout.about;
    default:
      return layout.output;
  }
}

// Returns the cards of the main row that are shown side by side: of the output and the pooled plane
// only one where the row has no room for both.
std::vector<Card> side_by_side(const ViewSettings& settings, float scale,
                               KernelPageLayout& layout) {
  const CardView& cards = settings.kernel_cards;
  std::vector<Card> shown;
  std::vector<CardWidth> widths;
  for (const Card card : {Card::kInput, Card::kKernel, Card::kOutput, Card::kPooled}) {
    if (settings.hides(card)) continue;
    shown.push_back(card);
    widths.push_back(kMain[static_cast<std::size_t>(card)]);
  }
  const float gap = std::round(kSignGap * scale);
  const bool both = std::ranges::count(shown, Card::kOutput) > 0 && shown.back() == Card::kPooled;
  layout.output_shared = both && min_width(widths, gap, scale) > layout.zones.main.w;
  if (layout.output_shared)
    std::erase(shown, cards.selected == Card::kPooled ? Card::kOutput : Card::kPooled);
  return shown;
}

void place_main_row(const ViewSettings& settings, float scale, KernelPageLayout& layout) {
  const std::vector<Card> shown = side_by_side(settings, scale, layout);
  if (shown.empty()) return;
  std::vector<CardWidth> widths;
  widths.reserve(shown.size());
  for (const Card card : shown)
    widths.push_back(kMain[static_cast<std::size_t>(card)]);
  std::vector<Rect> places =
      place_row(widths, std::round(kSignGap * scale), layout.zones.main, scale);
  for (std::size_t i = 0; i < shown.size(); ++i) {
    place_of(shown[i], layout) = places[i];
    if (i == 0) continue;
    const Rect between = sign_between(places[i - 1], places[i]);
    if (shown[i] == Card::kKernel) layout.star = between;
    if (shown[i] == Card::kOutput && shown[i - 1] == Card::kKernel) layout.equals = between;
    if (shown[i] == Card::kPooled)
      (shown[i - 1] == Card::kOutput ? layout.arrow : layout.equals) = between;
  }
}

// Returns the height that the cards of the lower row need. The blocks about the kernel stand in
// several rows where the window is narrow.
float needed_height(const ViewSettings& settings, float width, float scale) {
  if (!settings.kernel_info) return kLearningHeight * scale;
  const float rows = width >= kFourBlocks * scale  ? 1.0f
                     : width >= kTwoBlocks * scale ? 2.0f
                                                   : 4.0f;
  return kAboutHeight * rows * scale;
}

// The cards of the lower row that are shown side by side, with their widths.
struct LowerRow {
  std::vector<Card> cards;
  std::vector<CardWidth> widths;
};

LowerRow lower_row(const ViewSettings& settings) {
  LowerRow row;
  for (std::size_t i = 0; i < kLower.size(); ++i) {
    const auto card = static_cast<Card>(static_cast<std::size_t>(Card::kLearning) + i);
    if (settings.hides(card)) continue;
    row.cards.push_back(card);
    row.widths.push_back(kLower[i]);
  }
  return row;
}

// The learning's controls keep their place; the other cards share one where the row is narrow, and
// all share one where it is narrower still.
void place_lower_row(const ViewSettings& settings, float scale, KernelPageLayout& layout) {
  const Rect& all = layout.zones.lower;
  const float gap = std::round(kCardGap * scale);
  layout.lower_height = std::max(all.h, std::round(needed_height(settings, all.w, scale)));
  const Rect row = lower_content(all, layout.lower_height);
  if (settings.kernel_info) {
    layout.about = row;
    return;
  }
  LowerRow shown = lower_row(settings);
  if (shown.cards.empty()) return;
  if (min_width(shown.widths, gap, scale) <= row.w || shown.cards.size() == 1) {
    const std::vector<Rect> places = place_row(shown.widths, gap, row, scale);
    for (std::size_t i = 0; i < places.size(); ++i)
      place_of(shown.cards[i], layout) = places[i];
    return;
  }
  const std::span<const CardWidth> widths = shown.widths;
  const bool two = min_width(widths.first(2), gap, scale) <= row.w && shown.cards.size() > 2;
  const std::vector<Rect> places = place_row(widths.first(two ? 2 : 1), gap, row, scale);
  Rect shared = places.back();
  if (two) {
    place_of(shown.cards.front(), layout) = places[0];
    shown.cards.erase(shown.cards.begin());
  }
  layout.lower_shared = shown.cards;
  layout.lower_tabs = take_tabs(shared, scale);
  const Card front = settings.kernel_cards.lower_tab;
  const bool known = std::ranges::find(layout.lower_shared, front) != layout.lower_shared.end();
  layout.lower_front = known ? front : layout.lower_shared.front();
  place_of(layout.lower_front, layout) = shared;
}

}  // namespace

KernelPageLayout layout_kernel_page(float width, float height, float scale,
                                    const ViewSettings& settings) {
  const CardView& cards = settings.kernel_cards;
  KernelPageLayout layout;
  const float lower = settings.kernel_info ? kAboutHeight : kLearningHeight;
  layout.zones = divide_window(width, height, scale, zones_wanted(settings, cards, lower));
  if (cards.enlarged) {
    place_of(*cards.enlarged, layout) = layout.zones.main;
    return layout;
  }
  place_main_row(settings, scale, layout);
  if (layout.zones.lower.h > 0.0f) place_lower_row(settings, scale, layout);
  return layout;
}

}  // namespace convscope::panels
