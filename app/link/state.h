#pragma once

#include <cstdint>
#include <memory>

#include "app/link/names.h"
#include "app/session/backward.h"
#include "app/session/results.h"
#include "app/session/training_snapshot.h"

namespace convscope::link {

// What an open question of a lesson asks for, and so nobody is told until it is answered.
struct KeptBack {
  bool input = false;
  bool weights = false;  // with the bias
  bool results = false;
  friend bool operator==(const KeptBack&, const KeptBack&) = default;
};

// What the window shows: pointers to values that do not change any more. Learning and gradients are
// those of the results, or null.
struct State {
  std::uint64_t number = 0;      // another one for every state; 0 before the first
  ResultsPtr results;            // null before the first
  TrainingSnapshotPtr training;  // null before it has begun
  std::shared_ptr<const BackwardResults> backward;  // null while no gradients are shown
  KeptBack kept_back = {};
  // Whether they are null because they are being computed.
  bool training_comes = false;
  bool backward_comes = false;
};

}  // namespace convscope::link
