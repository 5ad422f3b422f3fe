#pragma once

#include <string>
#include <vector>

#include "app/export/figure.h"
#include "app/export/figure_parts.h"
#include "app/export/names.h"

namespace convscope::exports {

struct FigureSize {
  double width = 0.0, height = 0.0;  // in units
};

// Where the blocks of a figure stand, in its units.
struct FigureLayout {
  FigureSize size;
  std::vector<Box> areas;                // of the blocks, between head and foot
  std::vector<double> cells;             // side of the cells of each block; 0 for what has none
  double title = 0.0;                    // top of the title
  std::vector<std::string> title_lines;  // as wide as what stands below at most
  double caption = 0.0;                  // top of the caption
  double middle = 0.0;                   // of title and caption, along x
};

// Places the blocks: beside each other, those of a row with their middles at one height.
FigureLayout lay_out(const Figure& figure, const FigureLook& look, const Fonts& fonts);

// Returns the side of the cells of the figure's planes: that of the look, or what suits them.
double cell_side(const Figure& figure, const FigureLook& look);

// Returns `look` with its cells, or if it has none with the largest whole ones (or parts of a
// unit, of a large plane), with which the
// figure is not larger than `size`. Throws Error, with the least size that it needs, where no cell
// is small enough.
FigureLook fitted(const Figure& figure, const FigureLook& look, const FigureSize& size,
                  const Fonts& fonts);

// Draws the figure with its upper left corner at (0, 0), and its ground unless that is transparent.
void draw(const Figure& figure, const FigureLayout& layout, const FigureLook& look,
          const Fonts& fonts, Canvas& canvas);

}  // namespace convscope::exports
