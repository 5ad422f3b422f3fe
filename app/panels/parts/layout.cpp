#include "app/panels/parts/layout.h"

#include <algorithm>
#include <cmath>

namespace convscope::panels {
namespace {

// Lengths at scale 1.
constexpr float kControlRow = 38.0f;         // of the inspector: a row of controls with its gap
constexpr float kOneRowOfControls = 765.0f;  // width at which a card's controls take one row
constexpr float kTwoRowsOfControls = 500.0f;
constexpr float kTitleWidth = 108.0f;  // of a card that has room for its title
constexpr float kTabs = 33.0f;         // over cards that share a place
constexpr float kTallStrip = 84.0f;
constexpr float kTool = 41.0f;        // a button beside the explanation
constexpr float kBothRows = 220.0f;   // the height below which both rows have the inspector's too
constexpr float kMainAlone = 160.0f;  // the height below which the main row has a row of controls
constexpr float kMainRow = 120.0f;    // the height of the main row that charts leave to it
constexpr float kMainShare = 0.54f;   // or its share, where both rows have less
// The height up to which the main row has all that the lower one does not need: heatmaps come
// before charts.
constexpr float kMainFirst = 340.0f;

// How the controls of a card are shown.
struct Inspector {
  float height = 0.0f;  // in pixels
  bool in_popup = false;
};

// Chooses the inspector for a page `width` pixels wide, whose cards have `room` pixels of height
// without it. Planes come first: in a low window its second row goes into a popup, and where the
// lower row is unfolded too, the inspector folds away until that is folded.
Inspector choose_inspector(float width, float room, float scale, bool unfolded) {
  const auto bar = [&](float rows) {
    return std::round(kControlRow * scale) * rows + std::round(2.0f * scale);
  };
  const float least = (unfolded ? kBothRows : kMainAlone) * scale;
  const bool narrow = width < kTwoRowsOfControls * scale;
  const float rows = width >= kOneRowOfControls * scale || narrow ? 1.0f : 2.0f;
  if (!narrow && room - bar(rows) >= least) return {bar(rows), false};
  if (!narrow && rows == 1.0f && !unfolded) return {bar(rows), false};
  if (!unfolded || room - bar(1.0f) >= least) return {bar(1.0f), true};
  return {};
}

// Divides the height that the main and the lower row share, which are a gap apart.
float lower_height(float room, float scale, float height) {
  const float least = std::round(height * scale);
  const float spare = room - least - kMainFirst * scale;
  if (spare > 0.0f) return std::floor(least + 0.4f * spare);
  return std::floor(std::min(least, std::max(room - kMainRow * scale, (1.0f - kMainShare) * room)));
}

// Returns whether a card of the page's main row is on the page.
bool has_main_row(const ViewSettings& settings, const CardView& cards) {
  for (int i = 0; i <= static_cast<int>(Card::kFacts); ++i) {
    const auto card = static_cast<Card>(i);
    if (page_of(card) != page_of(cards.selected) || in_lower_row(card)) continue;
    if (!settings.hides(card)) return true;
  }
  return false;
}

// Takes the place of so many buttons from the end of the explanation.
void take_tools(int buttons, Zones& zones, float scale) {
  const float wanted = std::round(kTool * static_cast<float>(buttons) * scale);
  const float width = std::min(wanted, zones.explanation.w * 0.5f);
  zones.explanation.w -= width;
  zones.tools = {zones.explanation.x + zones.explanation.w, zones.explanation.y, width,
                 zones.explanation.h};
}

}  // namespace

ZonesWanted zones_wanted(const ViewSettings& settings, const CardView& cards, float lower_height) {
  const bool lower = settings.unfolds(cards) && !cards.enlarged;
  return {.top_bar = !settings.presenting,
          .inspector = settings.shows_inspector(),
          .main = !lower || has_main_row(settings, cards),
          .handle = !settings.presenting && !cards.enlarged,
          .tools = settings.presenting ? 3 : 1,
          .lower_row = lower,
          .lower_height = lower_height,
          .left = settings.lesson.left};
}

Zones divide_window(float width, float height, float scale, const ZonesWanted& wanted) {
  const auto px = [&](float length) { return std::round(length * scale); };
  const float left = wanted.left + px(kMargin);
  const float inner = std::max(1.0f, width - wanted.left - 2 * px(kMargin));
  const float gap = px(kCardGap);
  Zones zones;
  float top = 0.0f;
  if (wanted.top_bar) {
    zones.top_bar = {0, 0, width, px(kTopBar)};
    top = zones.top_bar.h;
  }
  top += gap;
  const float handle = wanted.handle ? px(kHandle) + gap : 0.0f;
  const bool unfolded = wanted.lower_row;
  if (wanted.inspector) {
    const float room = height - gap - top - handle - px(kStrip) - gap;
    const Inspector inspector = choose_inspector(inner, room, scale, unfolded);
    if (inspector.height > 0.0f)
      zones.inspector = {wanted.left, top - gap, width - wanted.left, inspector.height};
    zones.inspector_in_popup = inspector.in_popup;
    top += inspector.height;
  }
  const float rest = height - gap - top - handle;
  const float spare = (rest - px(600.0f)) * 0.1f;
  const float strip = px(kStrip) + std::floor(std::clamp(spare, 0.0f, px(kTallStrip - kStrip)));
  const float room = rest - strip - gap;
  if (unfolded && !wanted.main) {
    zones.main = {left, top, inner, 0.0f};
    zones.explanation = {left, top, inner, strip};
    const float y = top + strip + gap;
    zones.lower = {left, y, inner, std::max(1.0f, height - gap - y)};
    take_tools(wanted.tools, zones, scale);
    return zones;
  }
  const float lower = unfolded ? lower_height(room - gap, scale, wanted.lower_height) + gap : 0.0f;
  zones.main = {left, top, inner, std::max(1.0f, room - lower)};
  zones.explanation = {left, zones.main.y + zones.main.h + gap, inner, strip};
  float y = zones.explanation.y + strip + gap;
  if (wanted.handle) zones.handle = {left, y, inner, px(kHandle)};
  y += handle;
  if (wanted.lower_row) zones.lower = {left, y, inner, lower - gap};
  take_tools(wanted.tools, zones, scale);
  return zones;
}

std::vector<Rect> place_row(std::span<const CardWidth> cards, float gap, const Rect& row,
                            float scale) {
  const float min = min_width(cards, 0.0f, scale);
  float shares = 0.0f;
  float titles = 0.0f;
  for (const CardWidth& card : cards) {
    shares += card.share;
    titles += std::min(card.min, kTitleWidth) * scale;
  }
  const float room = std::max(1.0f, row.w - gap * static_cast<float>(cards.size() - 1));
  const float rest = std::max(0.0f, room - min);
  // In a narrow row, what is beyond the room for titles shrinks first, then that as well.
  const float beyond = std::clamp((room - titles) / std::max(min - titles, 1.0f), 0.0f, 1.0f);
  const float shrunk = std::min(1.0f, room / titles);
  std::vector<Rect> rects;
  float x = row.x;
  for (const CardWidth& card : cards) {
    const float title = std::min(card.min, kTitleWidth);
    const float least = (title * shrunk + (card.min - title) * beyond) * scale;
    float w = std::floor(least + rest * card.share / shares);
    if (rects.size() + 1 == cards.size()) w = std::max(w, row.x + row.w - x);
    rects.push_back({x, row.y, w, row.h});
    x += w + gap;
  }
  return rects;
}

float min_width(std::span<const CardWidth> cards, float gap, float scale) {
  float width = gap * static_cast<float>(cards.size() - 1);
  for (const CardWidth& card : cards)
    width += card.min * scale;
  return width;
}

Rect take_tabs(Rect& place, float scale) {
  const float height = std::min(std::round(kTabs * scale), place.h * 0.3f);
  const Rect tabs{place.x, place.y, place.w, height};
  place.y += height;
  place.h -= height;
  return tabs;
}

Rect sign_between(const Rect& a, const Rect& b) {
  return {a.x + a.w, a.y, b.x - a.x - a.w, a.h};
}

}  // namespace convscope::panels
