#pragma once

#include <optional>
#include <stop_token>

#include "engine/core/cell_rect.h"
#include "engine/ops/conv2d_plan.h"
#include "engine/ops/pool2d.h"

// Which way pooling is computed.
namespace convscope {

enum class Pool2dPath {
  kPlain,  // pool2d.cpp: window by window
  kPairs,  // fast/pool_path.h: 2x2 windows side by side
  kTaps,   // fast/pool_path.h: any option, by rows
};

bool path_fits(Pool2dPath path, const Shape& input, const Shape& output,
               const Pool2dOptions& options);
Pool2dPath choose_path(const Shape& input, const Shape& output, const Pool2dOptions& options);

// Into the cells of `window` of `output`, which has its shape, and of `indices` (max only), one for
// each output value or null. False if stopped.
[[nodiscard]] bool pool2d_on(std::optional<Pool2dPath> path, const Tensor& input,
                             const Pool2dOptions& options, Tensor& output, Index* indices,
                             const CellRect& window, Conv2dWorkspace& workspace,
                             const std::stop_token& stop);

}  // namespace convscope
