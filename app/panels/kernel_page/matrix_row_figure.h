#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"
#include "app/program/view/kernel_info.h"

namespace convscope::panels {

// Draws the matrix row of an output cell in three forms: as one line, wrapped into the shape of the
// input, and as the patch under the kernel times the weights.
void draw_matrix_row(const PanelContext& context, const Rect& rect, const KernelInfo& info);

}  // namespace convscope::panels
