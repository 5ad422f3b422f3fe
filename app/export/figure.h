#pragma once

#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/export/names.h"
#include "app/look/cell_strips.h"
#include "app/look/heatmap_style.h"
#include "app/look/number_format.h"
#include "app/look/palette.h"
#include "engine/core/padding.h"
#include "engine/core/tensor.h"
#include "engine/core/value_range.h"

// A figure as data: what stands in it, without a place or a format.
namespace convscope::exports {

// A rectangle of cells to outline; it may reach into the padding.
struct Outline {
  Index y = 0, x = 0, h = 1, w = 1;
  Color color = 0;
};

// A plane as coloured cells. It has many data members, because each is something that a card of the
// window shows too.
struct HeatmapBlock {
  static constexpr Index kAll = std::numeric_limits<Index>::max();

  std::string title, subtitle;
  std::shared_ptr<const Tensor> tensor;  // [N, C, H, W], not empty
  Index sample = 0, channel = 0;
  HeatmapStyle style;  // its map and range; widths and colours follow from the figure's look
  std::optional<ValueRange> data;  // the values' range: the bar shows where it exceeds the style's
  Padding ring;                    // padding cells to show around the plane
  PaddingMode ring_mode = PaddingMode::kZeros;
  CellStrips hatched;
  std::vector<Outline> outlines;
  bool held_back = false;  // it is pale
  Index revealed = kAll;   // so many cells, row by row, show their value; the others show "—"
  // Blocks of one group have cells of one size. Those of the group of kernels may be larger.
  enum class Group { kPlanes, kKernels } group = Group::kPlanes;
};

struct ChartSeries {
  std::vector<double> x, y;  // of equal length, x ascending
  std::string label;         // for the legend
  Color color = 0;
  bool dashed = false;
  bool all_shown = true;  // whether the y axis contains all values; if not, the line may leave it
};

// A line chart with axes.
struct ChartBlock {
  std::string title, subtitle;
  std::vector<ChartSeries> series;
  bool log_y = true;
  std::string x_label;
  // How far the lines are drawn; the axes are those of all points.
  double until = std::numeric_limits<double>::infinity();
};

// A sign between two planes, such as ⋆, with a note below: "max 2 × 2".
struct SignBlock {
  std::string sign, note;
};

using Block = std::variant<HeatmapBlock, ChartBlock, SignBlock>;

// Blocks beside each other.
struct Figure {
  std::string title;
  std::vector<Block> blocks;
  Index columns = 0;                 // blocks in a row; 0: all
  std::vector<std::string> caption;  // lines below
};

// How a figure is drawn.
struct FigureLook {
  bool dark = false;
  bool transparent = false;  // nothing is behind the figure
  bool numbers = true;       // whether cells have numbers where they fit
  bool color_bars = true;
  NumberStyle number_style;
  double cell = 0.0;  // side of a plane's cells in units; 0: what suits the planes
  // Pixels of a PNG or GIF for each unit; 0: as many as fill the size that a picture is to have.
  double scale = 1.0;
};

}  // namespace convscope::exports
