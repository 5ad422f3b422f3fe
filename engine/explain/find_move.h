#pragma once

#include <optional>
#include <span>

#include "engine/core/cell_rect.h"
#include "engine/core/tensor.h"
#include "engine/explain/move_question.h"

// By how much a result has moved when its input was shifted: found by comparing the results before
// and after, not by trusting the theory.
namespace convscope::engine {

enum class MoveKind {
  kUnchanged,    // all compared cells have the values that they had
  kMoved,        // the values stand elsewhere
  kUnexplained,  // no displacement that was tried gives the values
  kUntold,       // only displacements whose compared cells are all alike, or few, give the values
  kUniform,      // all compared cells are equal, so that no displacement can be seen
  kTooFew,       // too few cells lie away from the borders
};

// What a comparison has found.
struct FoundMove {
  MoveKind kind = MoveKind::kTooFew;
  // The displacement, in whole or half cells, for kMoved; for kUntold one that fits. A half stands
  // for the mean of the two cells (or four) that it lies between.
  Move by;
  // The largest one that remains between compared cells; for kUnexplained with the displacement for
  // which it is least.
  float difference = 0.0f;
  Index compared = 0;         // number of cells that were compared
  bool whole = false;         // all of the plane is unchanged, the borders included
  bool alike = false;         // kUntold: the compared cells have one value; else they are few
  bool moved_too = false;     // kUnchanged: the expected displacement gives the same values as well
  std::optional<Move> other;  // the expected displacement where it is another than `by`
  // The smallest rectangle around what stands out before the shift: the compared cells without the
  // value that most of them have; all of them where there is no such value.
  CellRect content;
  bool exact() const { return difference == 0.0f; }
};

// Compares a plane of h x w values before and after the shift of the input. Tries displacements
// about the expected one and about none, in steps of half a cell, and takes the first one that fits
// in half of the cells or more, which do not all have one value. Two values are equal if they
// differ by at most 1e-5 times the largest one, because the order of sums may differ, or by what
// `question` says; `exact()` tells the rest.
FoundMove find_move(std::span<const float> before, std::span<const float> now, const Shape& shape,
                    const MoveQuestion& question);

}  // namespace convscope::engine
