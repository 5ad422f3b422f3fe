#pragma once

#include <optional>
#include <string>

#include "app/program/names.h"
#include "engine/core/revision.h"
#include "engine/core/tensor.h"

namespace convscope::program {

struct Guess {
  Yx cell;
  double guessed = 0.0;
  float value = 0.0f;  // what is there
  bool right = false;
};

// A hidden output whose cells are guessed one by one. How the window shows things: no part of the
// scene.
struct PredictState {
  bool on = false;
  bool all_shown = false;
  std::optional<Yx> asked;  // the cell whose guess is being typed
  std::optional<Guess> last;
  int given = 0;      // guesses
  int right = 0;      //
  Tensor shown;       // [1, 1, H, W]: 1 where a cell was guessed and is shown, else 0
  Revision revision;  // of `shown`

  bool hides(Yx cell) const;
  // Of the pooled plane, which would tell what is hidden.
  bool hides_pooled() const { return on && !all_shown; }
};

// Hides all of an output [.., H, W] and forgets the score.
void begin(PredictState& predict, const Shape& output);
// Hides all again, as another output is there; the score is kept.
void hide(PredictState& predict, const Shape& output);
void answer(PredictState& predict, Yx cell, double guessed, float value);

// To three decimals, as the cells show them, or to 1 %.
bool is_right(double guessed, float value);

// "3 of 4 right", or what to do first.
std::string score_text(const PredictState& predict);

}  // namespace convscope::program
