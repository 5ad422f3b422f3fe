#pragma once

#include <string>

#include "app/lesson/names.h"
#include "app/lesson/show.h"
#include "app/lesson/step_values.h"

namespace convscope::lesson {

// Returns one sentence where the cells that are pointed at are not in the step: "point: output has
// no cell 9, 9; its rows are 0 to 3 and its columns are 0 to 3"; empty where they are, and where
// something without cells is pointed at.
std::string pointed_failure(const PointedPlace& place, const StepValues& values);

}  // namespace convscope::lesson
