#pragma once

#include <memory>
#include <string>

#include "app/scene/scene.h"
#include "engine/pool2d.h"
#include "engine/tensor.h"

namespace convscope {

// All that was computed from one scene: always of one piece, never a mixture of old and new.
struct Results {
  Scene scene;                                 // what it was computed from
  Conv2dOptions options;                       // as conv_options() gave them
  TensorPtr output;                            // [1, C, H', W']; null with output_error set
  std::string output_error;                    // one sentence why there is no output
  std::shared_ptr<const Pool2dResult> pooled;  // null with pooled_error set
  std::string pooled_error;
  double milliseconds = 0.0;  // that the evaluation took
};

using ResultsPtr = std::shared_ptr<const Results>;

}  // namespace convscope
