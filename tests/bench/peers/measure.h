#pragma once

#include <string>
#include <vector>

#include "tests/bench/peers/contender.h"

namespace convscope::bench {

struct Timing {
  double median = 0.0;  // milliseconds
  double least = 0.0;
};

// Wakes the threads that oneTBB keeps. Some kernels leave a woken thread for milliseconds on the
// processor of the one that woke it; who is timed would be a matter of chance.
void wake_threads();

// Runs each contender once and compares all results with the first that has some. Returns a
// sentence that names who disagrees, or nothing.
std::string disagreement(const std::vector<Contender>& contenders, double tolerance);

// Rounds in which every contender is timed once, in turn, for about `seconds`. A pause lets the
// threads of the last one fall asleep, those of oneTBB are woken, and the contender is run once
// more before it is timed.
std::vector<Timing> measure(const std::vector<Contender>& contenders, double seconds);

}  // namespace convscope::bench
