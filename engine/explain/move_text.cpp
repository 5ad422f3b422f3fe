#include "engine/explain/move_text.h"

#include <cmath>

#include "engine/core/number_text.h"

namespace convscope::engine {
namespace {

bool in_halves(double cells) {
  return std::round(2.0 * cells) == 2.0 * cells;
}

// Writes "; divided by the strides the shift is (0, 0.5)" if that is in whole or half cells.
std::string strides_alone(const FoundMove& found) {
  if (!found.other || !in_halves(found.other->y) || !in_halves(found.other->x)) return "";
  return "; divided by the strides the shift is " + pair_text(*found.other);
}

}  // namespace

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
      return "no shift fits";
    case MoveKind::kUntold:
      return "cannot be told; " + pair_text(found.by) + " fits";
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
      if (found.whole) {
        return symbol + " is what it was, " + (found.exact() ? "" : "but for rounding, ") +
               "in all of its " + cells + " cells.";
      }
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
      return symbol + " has numbers that no shift of the old ones by whole or half cells gives" +
             strides_alone(found) + ".";
    case MoveKind::kUntold:
      return "By how much " + symbol + " moved cannot be told: " + pair_text(found.by) + " fits" +
             (found.alike ? where + ", but they all have one value."
                          : ", but leaves too few cells to be compared.");
    case MoveKind::kUniform:
      return symbol + " has one value in all compared cells: no shift can be seen.";
    case MoveKind::kTooFew:
      break;
  }
  return "Too few cells of " + symbol + " see no border to be compared.";
}

}  // namespace convscope::engine
