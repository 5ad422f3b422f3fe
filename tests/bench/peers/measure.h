#pragma once

#include <string>
#include <vector>

#include "tests/bench/names.h"
#include "tests/bench/peers/contender.h"

namespace convscope::bench {

struct Timing {
  double median = 0.0;  // milliseconds
  double least = 0.0;
};

// Wakes oneTBB's threads. Some kernels leave a woken thread for milliseconds on the processor of
// the thread that woke it, which would make the timings random.
void wake_threads();

// Runs each contender once and compares all results with the first that has some. Returns a
// sentence that names the first disagreement, or an empty text.
std::string disagreement(const std::vector<Contender>& contenders, double tolerance);

// Times every contender once a round, in turn, for about `seconds`. Before each timing a pause lets
// the threads of the previous contender fall asleep, oneTBB's threads are woken, and the contender
// is run once without timing.
std::vector<Timing> measure(const std::vector<Contender>& contenders, double seconds);

}  // namespace convscope::bench
