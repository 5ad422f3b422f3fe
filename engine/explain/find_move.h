#pragma once

#include <optional>
#include <span>
#include <string>

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
  kUniform,      // all compared cells are equal, so that no displacement can be seen
  kTooFew,       // too few cells lie away from the borders
};

// What a comparison has found.
struct FoundMove {
  MoveKind kind = MoveKind::kTooFew;
  // The displacement, in whole or half cells. For kUnexplained the one with the least difference. A
  // half stands for the mean of the two cells (or four) that it lies between.
  Move by;
  float difference = 0.0f;    // the largest one that remains between compared cells
  Index compared = 0;         // number of cells that were compared
  bool whole = false;         // kUnchanged: all of the plane is, the borders included
  bool moved_too = false;     // kUnchanged: the expected displacement gives the same values as well
  std::optional<Move> other;  // the expected displacement where it is another than `by`
  // The smallest rectangle around what stands out before the shift: the compared cells without the
  // value that most of them have; all of them where there is no such value.
  CellRect content;
  bool exact() const { return difference == 0.0f; }
};

// Compares a plane of h x w values before and after the shift of the input. Tries displacements
// about the expected one and about none, in steps of half a cell, and takes the one with which
// the largest difference between compared cells is least. Two values are equal if they differ by at
// most 1e-5 times the largest one, because the order of sums may differ; `exact()` tells the rest.
FoundMove find_move(std::span<const float> before, std::span<const float> now, const Shape& shape,
                    const MoveQuestion& question);

// Writes in few words "moved by (0, 1), exactly", "unchanged", "no shift fits; ≈ (0, 0.5)" ...
std::string move_text(const FoundMove& found);
// Writes a sentence about the plane `symbol`, with the number of cells that were compared.
std::string move_sentence(const std::string& symbol, const FoundMove& found);
// Writes "(0, −1)" or "(0, 0.5)".
std::string pair_text(const Move& move);

}  // namespace convscope::engine
