#pragma once

#include <vector>

#include "app/look/names.h"
#include "engine/core/tensor.h"

namespace convscope::look {

// Adjacent rows or columns: [first, first + count).
struct CellRun {
  Index first = 0, count = 0;
  friend bool operator==(const CellRun&, const CellRun&) = default;
};

// Whole rows and whole columns of a plane with its ring. Both lists are ascending, and their runs
// don't touch.
struct CellStrips {
  std::vector<CellRun> rows, columns;
  bool empty() const { return rows.empty() && columns.empty(); }
  bool has_row(Index y) const;
  bool has_column(Index x) const;
  friend bool operator==(const CellStrips&, const CellStrips&) = default;
};

}  // namespace convscope::look
