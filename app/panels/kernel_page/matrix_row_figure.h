#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"
#include "app/program/view/kernel_info.h"

namespace convscope::panels {

// The row of the matrix: as one line, wrapped like the input, and as a patch times the weights.
void draw_matrix_row(const PanelContext& context, const Rect& rect, const KernelInfo& info);

}  // namespace convscope::panels
