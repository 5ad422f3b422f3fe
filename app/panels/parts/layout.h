#pragma once

#include <span>
#include <vector>

#include "app/panels/names.h"
#include "app/panels/parts/rect.h"
#include "app/program/view/view_settings.h"

// Where everything stands in the window. The window never scrolls: from top to bottom it has the
// top bar, the inspector, the main row of cards, the explanation, the handle of the lower row and,
// unless it is folded away, that row.
namespace convscope::panels {

// Lengths at scale 1.
inline constexpr float kTopBar = 36.0f;
inline constexpr float kMargin = 10.0f;
inline constexpr float kCardGap = 6.0f;   // between rows, and between cards without a sign
inline constexpr float kSignGap = 24.0f;  // between cards, with a sign
inline constexpr float kHandle = 24.0f;   // of the lower row
inline constexpr float kStrip = 48.0f;    // explanation

// What parts of the window are wanted, apart from the explanation.
struct ZonesWanted {
  bool top_bar = true;
  bool inspector = true;
  bool main = true;             // the main row, whose place the lower one takes otherwise
  bool handle = true;           // of the lower row
  int tools = 1;                // the buttons beside the explanation
  bool lower_row = false;       // it is unfolded
  float lower_height = 214.0f;  // what its cards need at least, at scale 1
  float left = 0.0f;            // pixels at the left, below the top bar, that are not the page's
};

// Returns what the page of `cards` wants: an enlarged card takes the room of both rows.
ZonesWanted zones_wanted(const ViewSettings& settings, const CardView& cards, float lower_height);

struct Zones {
  Rect top_bar, inspector, main, explanation, tools, handle, lower;  // empty where not wanted
  // The inspector has no room for the controls in its rows, and shows them in a popup. In a low
  // window it is left out while the lower row is unfolded.
  bool inspector_in_popup = false;
};

// Divides a window of `width` x `height` pixels at a scale of the interface.
Zones divide_window(float width, float height, float scale, const ZonesWanted& wanted);

// How wide a card is.
struct CardWidth {
  float min;    // at scale 1
  float share;  // of what is left
};

// Places cards side by side in `row`, `gap` pixels apart. Where the row is too narrow for the least
// widths, all shrink, but keep the room for their titles as long as they can.
std::vector<Rect> place_row(std::span<const CardWidth> cards, float gap, const Rect& row,
                            float scale);

// Returns the least width of cards side by side, in pixels.
float min_width(std::span<const CardWidth> cards, float gap, float scale);

// Takes the tabs off the top of a place that several cards share, and returns theirs.
Rect take_tabs(Rect& place, float scale);

// Returns the room for a sign between two cards that stand side by side.
Rect sign_between(const Rect& a, const Rect& b);

}  // namespace convscope::panels
