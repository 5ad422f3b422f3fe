#pragma once

#include "tests/app/app_harness.h"

namespace convscope {

// The output that the scene should have, by the plain twins.
Tensor expected_output(const Scene& scene);
// What the window shows follows from its scene.
void expect_consistent(AppHarness& h);

}  // namespace convscope
