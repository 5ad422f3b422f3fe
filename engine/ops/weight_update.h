#pragma once

#include <stop_token>

#include "engine/core/conv2d_options.h"
#include "engine/core/tensor.h"
#include "engine/core/weight_place.h"

// Bringing an output up to date when one weight has changed: a weight that is dragged.
namespace convscope {

// Adds to `output`, the result of conv2d with this input and these options (not transposed), what
// changes when one weight grows by `delta`: delta times the shifted input. Far less work than a
// full evaluation; repeated, it gathers rounding errors that only a full evaluation removes. False,
// with part of the output changed, if `stop` was requested before the end.
[[nodiscard]] bool conv2d_update_weight(const Tensor& input, const WeightPlace& weight, float delta,
                                        const Conv2dOptions& options, Tensor& output,
                                        const std::stop_token& stop = {});
// For one kernel, [1, 1, kh, kw].
[[nodiscard]] bool conv2d_update_weight(const Tensor& input, Yx weight, float delta,
                                        const Conv2dOptions& options, Tensor& output,
                                        const std::stop_token& stop = {});

}  // namespace convscope
