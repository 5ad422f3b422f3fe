#pragma once

#include <vector>

#include "app/program/names.h"
#include "app/program/view/links.h"
#include "app/session/results.h"
#include "engine/ops/cell_links.h"

// Finds the cells of a layer's planes that are linked to the cell under the pointer, for every
// padding mode, stride, dilation and kind of convolution. Each function returns grids of cells;
// cells that form no grid are grids of one cell each, at most kMaxLinked of them.
namespace convscope::program {

inline constexpr std::size_t kMaxLinked = 600;

// Returns the linked cells of the input. Positions outside the input lie in the padding.
std::vector<CellGrid> linked_inputs(const Links& links, const LayerResults& layer,
                                    const Pool2dOptions& pool);
// Returns the weight under the pointer, or the weights that the input or output cell is multiplied
// with, of an ordinary convolution also those of a cell of the padding alone; none if these are all
// weights, because outlining all would say nothing.
std::vector<CellGrid> linked_weights(const Links& links, const LayerResults& layer);
// Returns the linked cells of the output.
std::vector<CellGrid> linked_outputs(const Links& links, const LayerResults& layer,
                                     const Pool2dOptions& pool);
// Returns the linked cells of the pooled plane.
std::vector<CellGrid> linked_pooled(const Links& links, const LayerResults& layer,
                                    const Pool2dOptions& pool);

}  // namespace convscope::program
