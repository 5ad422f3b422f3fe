#pragma once

#include <optional>
#include <string>

#include "app/program/names.h"
#include "engine/core/revision.h"
#include "engine/core/tensor.h"

namespace convscope::program {

// A guess of the user.
struct Guess {
  Yx cell;
  double guessed = 0.0;
  float value = 0.0f;  // the true value of the cell
  bool right = false;
};

// The prediction of a hidden output, whose cells the user guesses one by one. It is not part of the
// scene.
struct PredictState {
  bool on = false;
  bool all_shown = false;     // whether the user has revealed all cells
  std::optional<Yx> asked;    // the cell for which a guess is being typed
  std::optional<Guess> last;  // the last guess
  int given = 0;              // the number of guesses
  int right = 0;              // the number of right guesses
  Tensor shown;               // [1, 1, H, W]: 1 for cells that were guessed and are shown, else 0
  Revision revision;          // the revision of `shown`

  // Returns whether a cell of the output is hidden.
  bool hides(Yx cell) const;
  // Returns whether the whole pooled plane is hidden, because it would give the output away.
  bool hides_pooled() const { return on && !all_shown; }
};

// Hides all cells of an output [.., H, W] and begins a new score.
void begin(PredictState& predict, const Shape& output);
// Hides all cells of another output [.., H, W], and keeps the score.
void hide(PredictState& predict, const Shape& output);
// Counts the guess for a hidden cell, whose true value is `value`, and shows the cell.
void answer(PredictState& predict, Yx cell, double guessed, float value);

// Returns whether the guess is right to three decimals, which the cells show, or to 1 %.
bool is_right(double guessed, float value);

// Returns "3 of 4 right", or before the first guess what to do.
std::string score_text(const PredictState& predict);

}  // namespace convscope::program
