#pragma once

#include <string>

#include "app/files/arrays/array_open.h"
#include "app/files/names.h"
#include "engine/core/tensor.h"

namespace convscope::files {

// Facts about an array of any shape; min, max and mean are those of the finite values.
struct ArraySummary {
  std::string min, max;  // whole numbers with all digits, others with seven
  double mean = 0.0;
  Index finite = 0, nans = 0, infinities = 0;
  std::string note;  // mentions also numbers beyond float32, which are no error here
};
// Reads the array part by part: one of any size takes no memory. Throws Error as read_array does.
ArraySummary summarize_array(OpenArray array);

}  // namespace convscope::files
