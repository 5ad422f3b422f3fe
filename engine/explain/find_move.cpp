#include "engine/explain/find_move.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "engine/core/number_text.h"

namespace convscope::engine {
namespace {

constexpr float kRounding = 1e-5f;
constexpr Index kHalvesAround = 2;  // half cells on each side of a displacement that are tried too
constexpr Index kFewest = 2;        // cells that a comparison needs

// A displacement in half cells.
using Halves = Yx;

Move cells_of(Halves halves) {
  return {static_cast<double>(halves.y) / 2.0, static_cast<double>(halves.x) / 2.0};
}

// The two planes that are compared.
struct ComparedPlanes {
  std::span<const float> before, now;
  Index w = 0;
  float at(std::span<const float> plane, Index y, Index x) const {
    return plane[static_cast<std::size_t>(y * w + x)];
  }
};

float difference_of(float a, float b) {
  if (a == b || (std::isnan(a) && std::isnan(b))) return 0.0f;
  const float d = std::abs(a - b);
  return std::isnan(d) ? std::numeric_limits<float>::infinity() : d;
}

// Returns half of a number, rounded up.
Index whole_cells(Index halves) {
  return (halves + 1) >> 1;
}

// Returns the cell before the shift, the first of two for a half, that a cell after it stands for.
Index before_of(Index i, Index halves) {
  return i - whole_cells(halves);
}

bool is_half(Index halves) {
  return halves % 2 != 0;
}

// Returns the value before the shift at a displacement from cell (y, x) of the plane after it.
float value_before(const ComparedPlanes& planes, Index y, Index x, Halves by) {
  const Index v = before_of(y, by.y);
  const Index u = before_of(x, by.x);
  if (!is_half(by.y) && !is_half(by.x)) return planes.at(planes.before, v, u);
  double sum = 0.0;
  const Index rows = is_half(by.y) ? 2 : 1;
  const Index columns = is_half(by.x) ? 2 : 1;
  for (Index i = 0; i < rows; ++i) {
    for (Index j = 0; j < columns; ++j)
      sum += static_cast<double>(planes.at(planes.before, v + i, u + j));
  }
  return static_cast<float>(sum / static_cast<double>(rows * columns));
}

// Returns the cells after the shift that have all of their cells before it within `question`.
CellRect overlap(const MoveQuestion& question, Halves by) {
  const CellRect& b = question.before;
  // For a half, `before_of` is the first of two cells.
  const auto moved = [](Index first, Index end, Index halves) {
    const Index d = whole_cells(halves);
    return std::pair{first + d, end + d - (is_half(halves) ? 1 : 0)};
  };
  const auto [top, bottom] = moved(b.top, b.bottom, by.y);
  const auto [left, right] = moved(b.left, b.right, by.x);
  return intersected({top, left, bottom, right}, question.now);
}

struct Trial {
  Halves by;
  float difference = std::numeric_limits<float>::infinity();
  Index compared = 0;
};

// Returns the largest difference for a displacement; stops at one that is not below `limit`.
// nullopt where too few cells overlap, or all of them are equal and tell nothing.
std::optional<Trial> tried(const ComparedPlanes& planes, const MoveQuestion& question, Halves by,
                           float limit) {
  const CellRect cells = overlap(question, by);
  if (cells.empty()) return std::nullopt;
  Trial trial{by, 0.0f, cells.height() * cells.width()};
  if (2 * trial.compared < question.before.height() * question.before.width()) return std::nullopt;
  const float first = value_before(planes, cells.top, cells.left, by);
  bool tells = false;
  for (Index y = cells.top; y < cells.bottom; ++y) {
    for (Index x = cells.left; x < cells.right; ++x) {
      const float before = value_before(planes, y, x, by);
      const float now = planes.at(planes.now, y, x);
      tells = tells || before != first || now != first;
      trial.difference = std::max(trial.difference, difference_of(before, now));
    }
    if (trial.difference > limit) return trial;
  }
  if (!tells) return std::nullopt;
  return trial;
}

// Returns the displacements to try, the expected one first, then none, then the others by their
// distance from the expected one.
std::vector<Halves> candidates(const Move& expected) {
  const Halves e{std::llround(2.0 * expected.y), std::llround(2.0 * expected.x)};
  std::vector<Halves> others;
  for (const Halves center : {e, Halves{0, 0}}) {
    for (Index y = -kHalvesAround; y <= kHalvesAround; ++y) {
      for (Index x = -kHalvesAround; x <= kHalvesAround; ++x)
        others.push_back({center.y + y, center.x + x});
    }
  }
  const auto distance = [&](const Halves& h) {
    return (h.y - e.y) * (h.y - e.y) + (h.x - e.x) * (h.x - e.x);
  };
  std::ranges::stable_sort(others, {}, distance);
  std::vector<Halves> result{e, {0, 0}};
  result.insert(result.end(), others.begin(), others.end());
  return result;
}

template <typename Function>
void for_each_cell(const CellRect& cells, Function function) {
  for (Index y = cells.top; y < cells.bottom; ++y) {
    for (Index x = cells.left; x < cells.right; ++x)
      function(y, x);
  }
}

// Returns the value of more than half of the cells, if there is one (Boyer and Moore's vote).
std::optional<float> common_value(const ComparedPlanes& planes, const CellRect& cells) {
  float value = 0.0f;
  Index votes = 0;
  for_each_cell(cells, [&](Index y, Index x) {
    const float v = planes.at(planes.before, y, x);
    if (votes == 0) value = v;
    votes += v == value ? 1 : -1;
  });
  Index count = 0;
  for_each_cell(
      cells, [&](Index y, Index x) { count += planes.at(planes.before, y, x) == value ? 1 : 0; });
  if (2 * count <= cells.height() * cells.width()) return std::nullopt;
  return value;
}

CellRect content_of(const ComparedPlanes& planes, const CellRect& cells) {
  const std::optional<float> common = common_value(planes, cells);
  if (!common) return cells;
  CellRect content;
  for_each_cell(cells, [&](Index y, Index x) {
    if (planes.at(planes.before, y, x) != *common) content = united(content, {y, x, y + 1, x + 1});
  });
  return content.empty() ? cells : content;
}

// Whether all compared cells of both planes have one value.
bool is_uniform(const ComparedPlanes& planes, const MoveQuestion& question) {
  const float first = planes.at(planes.before, question.before.top, question.before.left);
  bool same = true;
  for_each_cell(question.before,
                [&](Index y, Index x) { same &= planes.at(planes.before, y, x) == first; });
  for_each_cell(question.now,
                [&](Index y, Index x) { same &= planes.at(planes.now, y, x) == first; });
  return same;
}

// Returns the differences that rounding alone can make.
float rounding_of(const ComparedPlanes& planes, const CellRect& cells) {
  float largest = 0.0f;
  for_each_cell(cells, [&](Index y, Index x) {
    const float value = std::abs(planes.at(planes.before, y, x));
    if (std::isfinite(value)) largest = std::max(largest, value);
  });
  return kRounding * largest;
}

bool same_values(const ComparedPlanes& planes) {
  return std::ranges::equal(planes.before, planes.now,
                            [](float a, float b) { return difference_of(a, b) == 0.0f; });
}

}  // namespace

FoundMove find_move(std::span<const float> before, std::span<const float> now, const Shape& shape,
                    const MoveQuestion& question) {
  const ComparedPlanes planes{before, now, shape.w};
  FoundMove found;
  const bool whole = same_values(planes);
  const auto few = [](const CellRect& c) { return c.empty() || c.height() * c.width() < kFewest; };
  const bool too_few = few(question.before) || few(question.now);
  if (whole || !too_few) {
    const CellRect cells = too_few ? engine::whole(shape) : question.before;
    found.content = content_of(planes, cells);
    found.compared = whole ? shape.h * shape.w : cells.height() * cells.width();
  }
  if (too_few) {
    found.whole = whole;
    if (whole) found.kind = MoveKind::kUnchanged;
    return found;
  }
  if (is_uniform(planes, question)) {
    found.kind = MoveKind::kUniform;
    found.whole = whole;
    return found;
  }
  const float rounding = rounding_of(planes, question.before);
  const std::vector<Halves> all = candidates(question.expected);
  std::optional<Trial> best;
  for (const Halves& by : all) {
    const float limit = best ? best->difference : std::numeric_limits<float>::infinity();
    const std::optional<Trial> trial = tried(planes, question, by, limit);
    if (trial && (!best || trial->difference < best->difference)) best = trial;
    if (best && best->difference <= rounding) break;
  }
  const Move expected = cells_of(all.front());
  const auto explains = [&](const std::optional<Trial>& trial) {
    return trial && trial->difference <= rounding;
  };
  const std::optional<Trial> still = tried(planes, question, {0, 0}, rounding);
  if (whole || explains(still)) {
    found.kind = MoveKind::kUnchanged;
    found.whole = whole;
    found.difference = whole ? 0.0f : still->difference;
    if (!whole) found.compared = still->compared;
    found.moved_too =
        expected != Move{} && explains(tried(planes, question, all.front(), rounding));
  } else if (best) {
    found.kind = explains(best) ? MoveKind::kMoved : MoveKind::kUnexplained;
    found.by = cells_of(best->by);
    found.difference = best->difference;
    found.compared = best->compared;
  } else {
    found.kind = MoveKind::kTooFew;
  }
  if (question.expected != found.by) found.other = question.expected;
  return found;
}

std::string pair_text(const Move& move) {
  return "(" + number_text(move.y, 4) + ", " + number_text(move.x, 4) + ")";
}

std::string move_text(const FoundMove& found) {
  switch (found.kind) {
    case MoveKind::kUnchanged:
      return found.moved_too ? "unchanged; " + pair_text(*found.other) + " fits too" : "unchanged";
    case MoveKind::kMoved:
      return "moved by " + pair_text(found.by) + (found.exact() ? ", exactly" : " ± rounding");
    case MoveKind::kUnexplained:
      return "no shift fits; ≈ " + pair_text(found.by);
    case MoveKind::kUniform:
      return "all alike: no shift to see";
    case MoveKind::kTooFew:
      break;
  }
  return "too few cells to compare";
}

std::string move_sentence(const std::string& symbol, const FoundMove& found) {
  const std::string cells = count_text(found.compared);
  const std::string where = " in " + cells + " compared cells";
  const std::string how = found.exact() ? ", exactly," : ", but for rounding,";
  switch (found.kind) {
    case MoveKind::kUnchanged: {
      if (found.whole) return symbol + " is what it was, in all of its " + cells + " cells.";
      const std::string too =
          found.moved_too ? ", which is also what a move by " + pair_text(*found.other) + " gives"
                          : "";
      return symbol + " is what it was" + how + where + too + ".";
    }
    case MoveKind::kMoved: {
      const std::string theory =
          found.other ? "; divided by the strides the shift is " + pair_text(*found.other) : "";
      return symbol + " moved by " + pair_text(found.by) + how + where + theory + ".";
    }
    case MoveKind::kUnexplained:
      return symbol + " has numbers that no shift of the old ones gives: the nearest, by " +
             pair_text(found.by) + ", leaves differences up to " +
             number_text(static_cast<double>(found.difference), 3) + where + ".";
    case MoveKind::kUniform:
      return symbol + " has one value in all compared cells: no shift can be seen.";
    case MoveKind::kTooFew:
      break;
  }
  return "Too few cells of " + symbol + " see no border to be compared.";
}

}  // namespace convscope::engine
