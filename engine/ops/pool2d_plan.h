#pragma once

#include <optional>
#include <stop_token>

#include "engine/core/cell_rect.h"
#include "engine/ops/conv2d_plan.h"
#include "engine/ops/pool2d.h"

// Chooses how a pooling is computed.
namespace convscope::engine {

// The ways to compute a pooling.
enum class Pool2dPath {
  kPlain,  // pool2d.cpp: window by window
  kPairs,  // fast/pool_path.h: adjacent 2x2 windows
  kTaps,   // fast/pool_path.h: any option, row by row
};

// Returns whether `path` can compute this pooling.
bool path_fits(Pool2dPath path, const Shape& input, const Shape& output,
               const Pool2dOptions& options);
// Returns the fastest path that fits.
Pool2dPath choose_path(const Shape& input, const Shape& output, const Pool2dOptions& options);

// Pools into the cells of `window` of `output`, which already has its shape, on `path` or else on
// the path that choose_path returns. `indices` (max pooling only) has one for each output value, or
// is null. Returns false if stopped.
[[nodiscard]] bool pool2d_on(std::optional<Pool2dPath> path, const Tensor& input,
                             const Pool2dOptions& options, Tensor& output, Index* indices,
                             const CellRect& window, Conv2dWorkspace& workspace,
                             const std::stop_token& stop);

}  // namespace convscope::engine
