#pragma once

namespace convscope::bench {

// Multiply-adds a second, in billions, that kThreads cores reach with operands in registers.
double peak_gmacs();
// Gigabytes a second read plus written by kThreads cores that copy more than the caches hold.
double copy_gbytes();

}  // namespace convscope::bench
