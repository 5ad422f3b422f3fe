#include "app/look/cell_strips.h"

#include <algorithm>
#include <iterator>

namespace convscope::look {
namespace {

bool in_a_run(const std::vector<CellRun>& runs, Index at) {
  const auto behind = std::ranges::upper_bound(runs, at, {}, &CellRun::first);
  return behind != runs.begin() && at < std::prev(behind)->first + std::prev(behind)->count;
}

}  // namespace

bool CellStrips::has_row(Index y) const {
  return in_a_run(rows, y);
}

bool CellStrips::has_column(Index x) const {
  return in_a_run(columns, x);
}

}  // namespace convscope::look
