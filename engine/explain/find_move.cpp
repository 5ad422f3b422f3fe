#include "engine/explain/find_move.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

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

float difference_of(float a, float b) {
  if (a == b || (std::isnan(a) && std::isnan(b))) return 0.0f;
  const float d = std::abs(a - b);
  return std::isnan(d) ? std::numeric_limits<float>::infinity() : d;
}

Halves halves_of(const Move& move) {
  return {std::llround(2.0 * move.y), std::llround(2.0 * move.x)};
}

// The two planes that are compared, and the differences that rounding alone can make.
struct ComparedPlanes {
  std::span<const float> before, now;
  Index w = 0;
  float rounding = 0.0f;
  float at(std::span<const float> plane, Index y, Index x) const {
    return plane[static_cast<std::size_t>(y * w + x)];
  }
  bool alike(float a, float b) const { return difference_of(a, b) <= rounding; }
};

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
  bool alike = false;  // all compared cells have one value, which would fit anywhere
  bool few = false;    // less than half of the cells overlap
  bool tells() const { return !alike && !few; }
};

// Returns the largest difference for a displacement; stops at one that is not below `limit`.
// nullopt where no cells overlap.
std::optional<Trial> tried(const ComparedPlanes& planes, const MoveQuestion& question, Halves by,
                           float limit) {
  const CellRect cells = overlap(question, by);
  if (cells.empty()) return std::nullopt;
  Trial trial{by, 0.0f, cells.height() * cells.width(), true};
  trial.few = 2 * trial.compared < question.before.height() * question.before.width();
  const float first = value_before(planes, cells.top, cells.left, by);
  for (Index y = cells.top; y < cells.bottom; ++y) {
    for (Index x = cells.left; x < cells.right; ++x) {
      const float before = value_before(planes, y, x, by);
      const float now = planes.at(planes.now, y, x);
      trial.alike = trial.alike && planes.alike(before, first) && planes.alike(now, first);
      trial.difference = std::max(trial.difference, difference_of(before, now));
    }
    if (trial.difference > limit) return trial;
  }
  return trial;
}

// Returns the displacements to try, the expected one first, then none, then the others by their
// distance from the expected one.
std::vector<Halves> candidates(const Move& expected) {
  const Halves e = halves_of(expected);
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
    votes += planes.alike(v, value) ? 1 : -1;
  });
  Index count = 0;
  for_each_cell(cells, [&](Index y, Index x) {
    count += planes.alike(planes.at(planes.before, y, x), value) ? 1 : 0;
  });
  if (2 * count <= cells.height() * cells.width()) return std::nullopt;
  return value;
}

CellRect content_of(const ComparedPlanes& planes, const CellRect& cells) {
  const std::optional<float> common = common_value(planes, cells);
  if (!common) return cells;
  CellRect content;
  for_each_cell(cells, [&](Index y, Index x) {
    if (!planes.alike(planes.at(planes.before, y, x), *common))
      content = united(content, {y, x, y + 1, x + 1});
  });
  return content.empty() ? cells : content;
}

// Whether all compared cells of both planes have one value.
bool is_uniform(const ComparedPlanes& planes, const MoveQuestion& question) {
  const float first = planes.at(planes.before, question.before.top, question.before.left);
  bool same = true;
  for_each_cell(question.before, [&](Index y, Index x) {
    same = same && planes.alike(planes.at(planes.before, y, x), first);
  });
  for_each_cell(question.now, [&](Index y, Index x) {
    same = same && planes.alike(planes.at(planes.now, y, x), first);
  });
  return same;
}

// Returns the differences that rounding alone can make between cells of the two planes.
float rounding_of(const ComparedPlanes& planes, const CellRect& before, const CellRect& now) {
  float largest = 0.0f;
  const auto add = [&](float value) {
    if (std::isfinite(value)) largest = std::max(largest, std::abs(value));
  };
  for_each_cell(before, [&](Index y, Index x) { add(planes.at(planes.before, y, x)); });
  for_each_cell(now, [&](Index y, Index x) { add(planes.at(planes.now, y, x)); });
  return kRounding * largest;
}

// Returns the largest difference between cells at one place.
float largest_difference(const ComparedPlanes& planes) {
  float largest = 0.0f;
  for (std::size_t i = 0; i < planes.before.size(); ++i)
    largest = std::max(largest, difference_of(planes.before[i], planes.now[i]));
  return largest;
}

// What the displacements that were tried give.
struct Search {
  std::optional<Trial> best;  // of those that tell something, the one with the least difference
  std::optional<Trial> weak;  // the first one that fits, but tells nothing
};

// Tries the displacements up to one that fits and tells something.
Search searched(const ComparedPlanes& planes, const MoveQuestion& question) {
  Search search;
  for (const Halves& by : candidates(question.expected)) {
    const float limit =
        search.best ? search.best->difference : std::numeric_limits<float>::infinity();
    const std::optional<Trial> trial = tried(planes, question, by, limit);
    if (!trial) continue;
    const bool fits = trial->difference <= planes.rounding;
    if (!trial->tells()) {
      if (fits && !search.weak) search.weak = trial;
    } else if (!search.best || trial->difference < search.best->difference) {
      search.best = trial;
      if (fits) break;
    }
  }
  return search;
}

// Fills in what the displacements tell.
void find_displacement(const ComparedPlanes& planes, const MoveQuestion& question,
                       FoundMove& found) {
  const auto explains = [&](const std::optional<Trial>& trial) {
    return trial && trial->tells() && trial->difference <= planes.rounding;
  };
  const std::optional<Trial> still = tried(planes, question, {0, 0}, planes.rounding);
  if (found.whole || explains(still)) {
    found.kind = MoveKind::kUnchanged;
    if (!found.whole) found.difference = still->difference;
    if (!found.whole) found.compared = still->compared;
    const Halves expected = halves_of(question.expected);
    found.moved_too =
        expected != Halves{0, 0} && explains(tried(planes, question, expected, planes.rounding));
    return;
  }
  const Search search = searched(planes, question);
  const std::optional<Trial>& fits = explains(search.best) ? search.best : search.weak;
  if (fits) {
    found.kind = fits->tells() ? MoveKind::kMoved : MoveKind::kUntold;
    found.by = cells_of(fits->by);
    found.difference = fits->difference;
    found.compared = fits->compared;
    found.alike = fits->alike && fits->compared > 1;
  } else if (search.best) {
    found.kind = MoveKind::kUnexplained;
    found.difference = search.best->difference;
  }
}

}  // namespace

FoundMove find_move(std::span<const float> before, std::span<const float> now, const Shape& shape,
                    const MoveQuestion& question) {
  const auto few = [](const CellRect& c) { return c.empty() || c.height() * c.width() < kFewest; };
  const bool too_few = few(question.before) || few(question.now);
  const CellRect cells = too_few ? whole(shape) : question.before;
  ComparedPlanes planes{before, now, shape.w};
  planes.rounding =
      std::max(question.rounding, rounding_of(planes, cells, too_few ? cells : question.now));
  const float difference = largest_difference(planes);
  FoundMove found;
  found.whole = difference <= planes.rounding;
  if (found.whole) found.difference = difference;
  if (found.whole || !too_few) {
    found.content = content_of(planes, cells);
    found.compared = found.whole ? shape.h * shape.w : cells.height() * cells.width();
  }
  if (too_few) {
    if (found.whole) found.kind = MoveKind::kUnchanged;
    return found;
  }
  if (is_uniform(planes, question)) {
    found.kind = MoveKind::kUniform;
    return found;
  }
  find_displacement(planes, question, found);
  if (question.expected != found.by) found.other = question.expected;
  return found;
}

}  // namespace convscope::engine
