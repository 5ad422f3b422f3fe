#include "app/panels/skipped_cells.h"

#include "engine/size_formula.h"

namespace convscope {
namespace {

struct Run {
  Index first = 0, length = 0;
};

// Neighbouring positions of an axis as one run.
std::vector<Run> runs(const std::vector<Index>& positions) {
  std::vector<Run> result;
  for (const Index at : positions) {
    if (!result.empty() && result.back().first + result.back().length == at) {
      ++result.back().length;
    } else {
      result.push_back({at, 1});
    }
  }
  return result;
}

struct Skipped {
  std::vector<Index> rows, columns;
};

Skipped skipped(const Shape& input, Yx kernel, const Conv2dOptions& o) {
  if (o.transposed) return {};
  const Padding& p = o.padding;
  return {
      skipped_positions(input.h, p.top, p.bottom, kernel.y, o.stride.y, o.dilation.y),
      skipped_positions(input.w, p.left, p.right, kernel.x, o.stride.x, o.dilation.x),
  };
}

std::string counted(Index count, const char* one) {
  return std::to_string(count) + " " + one + (count == 1 ? "" : "s");
}

}  // namespace

std::vector<ui::CellRange> skipped_cells(const Shape& input, Yx kernel,
                                         const Conv2dOptions& options) {
  const Padding& p = options.padding;
  const Skipped all = skipped(input, kernel, options);
  std::vector<ui::CellRange> ranges;
  for (const Run& run : runs(all.rows))
    ranges.push_back({run.first, -p.left, run.length, input.w + p.left + p.right});
  for (const Run& run : runs(all.columns))
    ranges.push_back({-p.top, run.first, input.h + p.top + p.bottom, run.length});
  return ranges;
}

std::string skipped_text(const Shape& input, Yx kernel, const Conv2dOptions& options) {
  const Yx rest = uncovered(input, kernel, options);
  const Skipped all = skipped(input, kernel, options);
  std::string text = uncovered_text(rest);
  const Index rows = static_cast<Index>(all.rows.size()) - rest.y;
  const Index columns = static_cast<Index>(all.columns.size()) - rest.x;
  if (rows <= 0 && columns <= 0) return text;
  if (!text.empty()) text += " ";
  text += "Between the windows, ";
  if (rows > 0) text += counted(rows, "row");
  if (columns > 0) text += (rows > 0 ? " and " : "") + counted(columns, "column");
  return text + (rows + columns == 1 ? " meets" : " meet") + " no weight.";
}

}  // namespace convscope
