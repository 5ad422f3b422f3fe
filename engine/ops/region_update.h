#pragma once

#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "engine/core/cell_rect.h"
#include "engine/ops/conv2d.h"
#include "engine/ops/pool2d.h"

// Update a result when only some cells of the input have changed, as under a brush stroke.
namespace convscope::engine {

// Returns the output cells whose windows cover a cell of `changed` or a copy of one in the padding,
// as at most nine disjoint rectangles. A window counts with the gaps of its dilation. `changed` may
// reach beyond the input. Throws Error as conv2d_output_shape does.
std::vector<CellRect> conv2d_reached(const Shape& input, const CellRect& changed,
                                     const Shape& weight, const Conv2dOptions& options);

// `output` holds the result of conv2d_into with these arguments, except that cells of `changed`
// had other values in `input` then. Evaluates the reached cells anew. On the direct paths the
// result is that of a full evaluation to the last bit; beside cells that were computed by Fourier
// transforms or by a sum of outer products it has the rounding of a direct sum. Evaluates all cells
// where that is less work, and for transposed convolution. Returns the cells that it wrote to,
// which may be more than the reached ones; nothing, with part of the output changed, if `stop` was
// requested before the end.
[[nodiscard]] std::optional<CellRect> conv2d_update_input(
    const Tensor& input, const CellRect& changed, const Tensor& weight, std::span<const float> bias,
    const Conv2dOptions& options, Tensor& output, Conv2dWorkspace& workspace,
    const std::stop_token& stop = {});

// Returns the output cells whose windows cover a cell of `changed`; empty where there is none.
// Throws Error as pool2d_output_shape does.
CellRect pool2d_reached(const Shape& input, const CellRect& changed, const Pool2dOptions& options);

// Updates the result of pool2d_into in the same way. The reached values, and for max pooling their
// indices, are those of a full evaluation.
[[nodiscard]] bool pool2d_update(const Tensor& input, const CellRect& changed,
                                 const Pool2dOptions& options, Pool2dResult& result,
                                 Conv2dWorkspace& workspace, const std::stop_token& stop = {});

}  // namespace convscope::engine
