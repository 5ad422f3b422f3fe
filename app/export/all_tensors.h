#pragma once

#include <memory>
#include <vector>

#include "app/export/names.h"
#include "app/export/source.h"
#include "app/files/arrays/npz_write.h"

namespace convscope::exports {

// All tensors of a source by the names that a notebook gives them: x, weight, bias, y, activated
// (where there is a ReLU) and pooled; of further layers weight_2, y_2 and so on; where something is
// learned target, learned, learned_bias, error and gradient; where gradients are asked for
// grad_x, grad_weight and grad_y of the first layer.
struct AllTensors {
  std::vector<NamedArray> arrays;
  // What the arrays refer to besides the source, which must live as long.
  std::vector<std::shared_ptr<const Tensor>> kept = {};
};
AllTensors all_tensors(const Source& source);

}  // namespace convscope::exports
