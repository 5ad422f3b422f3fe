#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/panels/names.h"
#include "app/session/training_snapshot.h"

// The errors of a run along the eigenvectors of H, as bars: what is left of each since the start.
namespace convscope::panels {

struct DirectionBar {
  Index first = 0, last = 0;  // the eigenvectors that it stands for, counted from the steepest
  Index shown = 0;            // the one of them that is drawn: of which most is left
  double eigenvalue = 0.0;    // of that one; 0 where nothing is learned along it
  double left = 0.0;          // its error as a share of that of the start, which is 1
  // What is predicted, and what that never exceeds; nullopt for Adam and where nothing is learned.
  std::optional<double> predicted = {}, envelope = {};
};

// Returns the bars of one row of the parameters, the steepest first: one for each eigenvector, or,
// where they are more than `most`, one for several neighbours. `momentum` is nullopt for Adam.
// Errors that were next to nothing at the start, beside the others, are shares of a thousandth of
// the largest. The snapshot must have an analysis.
std::vector<DirectionBar> direction_bars(const TrainingSnapshot& training, Index row, double rate,
                                         const std::optional<Momentum>& momentum, Index most);

}  // namespace convscope::panels
