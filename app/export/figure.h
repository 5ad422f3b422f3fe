#pragma once

#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
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
  std::shared_ptr<const Tensor> mask = {};  // of the tensor's shape: nor do cells where it is 0
  // Blocks of one group have cells of one size; those of the group of kernels may be larger, and
  // thumbnails are all about as large.
  enum class Group { kPlanes, kKernels, kThumbnails } group = Group::kPlanes;
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

// An entry of a legend, with a piece of what it explains.
struct LegendEntry {
  enum class Sample { kLine, kDot, kRing, kCross, kBar, kTick } sample = Sample::kLine;
  std::string text;
  Color color = 0;
  Color rim = 0;  // of a line
};

// A place in a field: shares of its axes, x to the right and y up.
struct FieldPlace {
  double x = 0.0, y = 0.0;
};

struct FieldTick {
  double at = 0.0;  // share of the axis
  std::string text;
};

struct FieldAxis {
  std::string name;
  std::vector<FieldTick> ticks;
  bool down = false;  // whether the values of an axis upwards grow downwards
};

// A line over a field, with a rim that stands out on every colour; it ends where the field does.
struct FieldLine {
  std::vector<FieldPlace> points;
  Color color = 0, rim = 0;
  bool dotted = false;  // whether its points are marked
};

struct FieldMark {
  LegendEntry::Sample sample = LegendEntry::Sample::kDot;  // a dot, a ring or a cross
  FieldPlace at;
  Color color = 0;
};

// Values over two axes, such as the loss over two weights, as colours without gaps, and what is
// drawn over them. It has many data members, because each is drawn.
struct FieldBlock {
  std::string title, subtitle;
  std::shared_ptr<const Tensor> tensor;  // [1, 1, rows, columns]
  HeatmapStyle style;
  bool bar = false;  // whether it has a colour bar
  FieldAxis x, y;
  std::vector<FieldPlace> paled;  // the corners of an area that is pale
  std::vector<FieldLine> lines;
  std::vector<FieldMark> marks;
  std::vector<FieldTick> notes;  // texts above the lower edge, right of a place along x
  std::vector<LegendEntry> legend;
};

// A bar from one share of the axis to another, with ticks across it.
struct Bar {
  double from = 0.0, to = 0.0;
  Color color = 0;
  std::vector<std::pair<double, Color>> ticks = {};
};

// Bars beside each other.
struct BarsBlock {
  std::string title, subtitle;
  std::vector<Bar> bars;
  std::vector<FieldTick> ticks;  // of the axis, upwards
  std::string first, last;       // what the first and the last bar are
  std::vector<LegendEntry> legend;
};

// A sign between two planes, such as ⋆, with a note below: "max 2 × 2".
struct SignBlock {
  std::string sign, note;
};

using Block = std::variant<HeatmapBlock, ChartBlock, FieldBlock, BarsBlock, SignBlock>;

// Blocks beside each other.
struct Figure {
  std::string title;
  std::vector<Block> blocks;
  Index columns = 0;                 // blocks in a row; 0: all
  std::vector<Index> rows = {};      // instead: how many blocks each row has, of all of them
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
