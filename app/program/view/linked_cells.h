#pragma once

#include <vector>

#include "app/program/names.h"
#include "app/program/view/links.h"
#include "app/session/results.h"
#include "engine/ops/cell_links.h"

// Which cells of a layer's planes are linked to the cell under the pointer, whatever the padding
// mode, stride, dilation or kind of convolution. Scattered cells are one grid each, at most
// kMaxLinked of them.
namespace convscope::program {

inline constexpr std::size_t kMaxLinked = 600;

// Places of the input; those outside of it lie in the padding.
std::vector<CellGrid> linked_inputs(const Links& links, const LayerResults& layer,
                                    const Pool2dOptions& pool);
// Weights that an input or output cell meets.
std::vector<CellGrid> linked_weights(const Links& links, const LayerResults& layer);
std::vector<CellGrid> linked_outputs(const Links& links, const LayerResults& layer,
                                     const Pool2dOptions& pool);
std::vector<CellGrid> linked_pooled(const Links& links, const LayerResults& layer,
                                    const Pool2dOptions& pool);

}  // namespace convscope::program
