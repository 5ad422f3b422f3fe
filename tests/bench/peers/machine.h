#pragma once

#include "tests/bench/names.h"

namespace convscope::bench {

// Returns the billions of multiply-adds a second that kThreads cores reach with operands in
// registers.
double peak_gmacs();
// Returns the gigabytes a second, read plus written, at which kThreads cores copy more than the
// caches hold.
double copy_gbytes();

}  // namespace convscope::bench
