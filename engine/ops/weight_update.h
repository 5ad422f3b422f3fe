#pragma once

#include <stop_token>

#include "engine/core/conv2d_options.h"
#include "engine/core/tensor.h"
#include "engine/core/weight_place.h"

// Bringing an output up to date when one weight has changed: a weight that is dragged.
namespace convscope::engine {

// Brings `output`, the result of conv2d with this input and these options, up to date after one
// weight has grown by `delta`: adds delta times the shifted input. This takes far less work than a
// full evaluation, but repeated calls accumulate rounding errors that only a full evaluation
// removes. Transposed convolution is not supported: asserted. Returns false, with part of the
// output changed, if `stop` was requested before the end.
[[nodiscard]] bool conv2d_update_weight(const Tensor& input, const WeightPlace& weight, float delta,
                                        const Conv2dOptions& options, Tensor& output,
                                        const std::stop_token& stop = {});
// Does the same for a weight [1, 1, kh, kw], whose changed value is at (y, x).
[[nodiscard]] bool conv2d_update_weight(const Tensor& input, Yx weight, float delta,
                                        const Conv2dOptions& options, Tensor& output,
                                        const std::stop_token& stop = {});

}  // namespace convscope::engine
