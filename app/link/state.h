#pragma once

#include <cstdint>
#include <memory>

#include "app/link/names.h"
#include "app/session/backward.h"
#include "app/session/results.h"
#include "app/session/training_snapshot.h"

namespace convscope::link {

// What the window shows: pointers to values that do not change any more.
struct State {
  std::uint64_t number = 0;      // another one for every state; 0 before the first
  ResultsPtr results;            // null before the first
  TrainingSnapshotPtr training;  // null before the first
  std::shared_ptr<const BackwardResults> backward;  // null while no gradients are shown
};

}  // namespace convscope::link
