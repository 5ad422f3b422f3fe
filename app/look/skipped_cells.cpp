#include "app/look/skipped_cells.h"

#include "engine/explain/size_formula.h"

namespace convscope::look {
namespace {

// Joins adjacent positions along an axis into runs.
std::vector<CellRun> runs(const std::vector<Index>& positions) {
  std::vector<CellRun> result;
  for (const Index at : positions) {
    if (!result.empty() && result.back().first + result.back().count == at) {
      ++result.back().count;
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

CellStrips skipped_cells(const Shape& input, Yx kernel, const Conv2dOptions& options) {
  const Skipped all = skipped(input, kernel, options);
  return {runs(all.rows), runs(all.columns)};
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

}  // namespace convscope::look
