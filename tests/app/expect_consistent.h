#pragma once

#include "tests/app/app_harness.h"

namespace convscope::program {

// Returns the output that the scene should have, computed by the plain reference functions.
Tensor expected_output(const Scene& scene);
// Expects that everything the window shows follows from its scene.
void expect_consistent(AppHarness& h);

}  // namespace convscope::program
