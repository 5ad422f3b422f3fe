#pragma once

#include <span>
#include <vector>

#include "engine/ops/cell_links.h"

// Answers which cells are linked when the gradient goes backward: from which outputs a cell of the
// input gets its gradient, and onto which inputs an output's gradient is laid. All lists are in
// ascending order of rows, then columns, and name no cell twice.
namespace convscope::engine {

// Returns the output cells that sum input cell `cell`, and so hand it their gradient: also those
// that meet one of its copies in the padding. A cell of the padding, which only an ordinary
// convolution has, gets its own gradient alone, whatever the padding mode.
std::vector<Yx> gradient_sources(Yx cell, Yx kernel, const Conv2dOptions& options,
                                 const Shape& input_shape, const Shape& output_shape);

// The cells that one output's gradient is laid onto, each through one weight.
struct GradientTargets {
  CellGrid positions;       // in the padded input, where negative cells are padding
  std::vector<Yx> sources;  // the cells of the input that get it when the ring is folded back
};
GradientTargets gradient_targets(Yx output, Yx kernel, const Conv2dOptions& options,
                                 const Shape& input_shape, const Shape& output_shape);

// Returns those of a pooling's `indices`, one for each cell of the shape `pooled`, that are of the
// plane [n, channel]; none for an average, which has no indices.
std::span<const Index> indices_of_plane(std::span<const Index> indices, const Shape& pooled,
                                        Index n, Index channel);

// Returns the pooled cells that hand their gradient to cell `cell` of the pooling's input.
// `indices` are those of the cell's plane of a max pooling, one for each pooled cell; it gets the
// gradients of those that it has won. They are not read for an average, which shares its gradient
// among the cells of its window.
std::vector<Yx> pool_gradient_sources(Yx cell, std::span<const Index> indices,
                                      const Pool2dOptions& options, const Shape& input_shape,
                                      const Shape& pooled_shape);

// Returns the cells of the pooling's input that pooled cell `pooled` hands its gradient to: the
// winner, or the cells of an average's window without padding.
std::vector<Yx> pool_gradient_targets(Yx pooled, std::span<const Index> indices,
                                      const Pool2dOptions& options, const Shape& input_shape,
                                      const Shape& pooled_shape);

}  // namespace convscope::engine
