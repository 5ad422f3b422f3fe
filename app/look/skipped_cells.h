#pragma once

#include <string>

#include "app/look/cell_strips.h"
#include "app/look/names.h"
#include "engine/ops/conv2d.h"

namespace convscope::look {

// Returns the rows and columns of the padded input that no weight is multiplied with: those at the
// bottom and right that no window covers, and those that a stride larger than the kernel or a
// dilation leaves out. A transposed convolution has none.
CellStrips skipped_cells(const Shape& input, Yx kernel, const Conv2dOptions& options);

// Returns one or two sentences about these cells; empty if there are none. For example, "The last
// row of the padded input is under no window. Between the windows, 2 columns meet no weight."
std::string skipped_text(const Shape& input, Yx kernel, const Conv2dOptions& options);

}  // namespace convscope::look
