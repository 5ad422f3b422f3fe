#pragma once

#include <string>

#include "app/export/canvas.h"
#include "app/export/figure.h"
#include "app/export/fonts.h"
#include "app/export/names.h"

// Sizes and helpers that the blocks of a figure share.
namespace convscope::exports {

inline constexpr double kTitleSize = 17.0;   // ems, in units
inline constexpr double kLabelSize = 15.0;   // of a block's title
inline constexpr double kSmallSize = 12.5;   // of subtitles, bars and axes
inline constexpr double kHeadHeight = 28.0;  // above a plane, for title and subtitle
inline constexpr double kGap = 24.0;         // between blocks
inline constexpr double kMargin = 16.0;      // around the figure

// What a block is drawn with.
struct Pen {
  Canvas& canvas;
  const Fonts& fonts;
  const FigureLook& look;
  Palette palette;
};

// The size of a block. Its plane, if it has one, stands at the top right below the head.
struct BlockSize {
  double width = 0.0;
  double middle = 0.0;  // height between the head and the foot
  double foot = 0.0;    // height of what stands below: a colour bar
};

// Returns the width of a block's title with its subtitle beside it.
double head_width(const Fonts& fonts, const std::string& title, const std::string& subtitle);
// Draws them, centred at `x` above the height `bottom`.
void draw_head(const Pen& pen, double x, double bottom, const std::string& title,
               const std::string& subtitle);

}  // namespace convscope::exports
