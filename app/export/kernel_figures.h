#pragma once

#include "app/export/figure.h"
#include "app/export/names.h"
#include "app/export/source.h"

// Figures of what "About this kernel" says, of the source's plane of the kernel. They throw Error
// for weights that are not finite.
namespace convscope::exports {

// Returns the frequency response |F| over fy and fx, with the dilation that the kernel is used
// with.
Figure frequency_figure(const Source& source);

// Returns the kernel as the product of a column and a row, or beside the nearest such product.
Figure separable_figure(const Source& source);

// Returns the row of the convolution's matrix for source.cell, wrapped into the shape of the input.
// Throws Error where there is no output or no cell is chosen.
Figure matrix_row_figure(const Source& source);

}  // namespace convscope::exports
