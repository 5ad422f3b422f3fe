#pragma once

#include <string>

#include "app/panels/names.h"
#include "app/ui/heatmap_geometry.h"
#include "engine/ops/conv2d.h"

namespace convscope::panels {

// Rows and columns of the padded input that no weight meets:
// the rest at the bottom and right that no window covers, and what a stride larger than the kernel,
// or dilation, leaves out. None for a transposed convolution.
ui::CellStrips skipped_cells(const Shape& input, Yx kernel, const Conv2dOptions& options);

// One or two sentences on them; empty where there are none. "The last row of the padded input is
// under no window. Between the windows, 2 columns meet no weight."
std::string skipped_text(const Shape& input, Yx kernel, const Conv2dOptions& options);

}  // namespace convscope::panels
