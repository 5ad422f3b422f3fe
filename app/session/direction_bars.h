#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/session/names.h"
#include "app/session/training_snapshot.h"

// The errors of a run along the eigenvectors of H, as bars: what is left of each since the start.
namespace convscope::session {

struct DirectionBar {
  Index first = 0, last = 0;  // the eigenvectors that it stands for, counted from the steepest
  Index shown = 0;            // the one of them that is drawn: of which most is left
  double eigenvalue = 0.0;    // of that one; 0 where nothing is learned along it
  double left = 0.0;          // its error as a share of that of the start, which is 1
  // What is predicted, and what that never exceeds; nullopt for Adam and where nothing is learned.
  std::optional<double> predicted = {}, envelope = {};
};

// The axis of the bars: from −reach to reach, or logarithmic from kLeastShare to reach.
inline constexpr double kLeastShare = 1e-7;  // float32's digits end there
struct DirectionAxis {
  bool log = false;
  double reach = 1.0;
  // Returns where a share of the error stands, from 0 at the lower end to 1 at the upper one.
  double place(double share) const;
  double base() const { return log ? 0.0 : 0.5; }  // where the bars begin
};
// Returns the axis that has room for all bars and for the start, which is 1.
DirectionAxis direction_axis(const std::vector<DirectionBar>& bars, bool log);

// Returns the bars of one row of the parameters, the steepest first: one for each eigenvector, or,
// where they are more than `most`, one for several neighbours. `momentum` is nullopt for Adam.
// Errors that were next to nothing at the start, beside the others, are shares of a thousandth of
// the largest. The snapshot must have an analysis.
std::vector<DirectionBar> direction_bars(const TrainingSnapshot& training, Index row, double rate,
                                         const std::optional<Momentum>& momentum, Index most);

}  // namespace convscope::session
