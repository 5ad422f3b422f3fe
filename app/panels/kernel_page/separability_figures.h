#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"
#include "app/program/view/kernel_info.h"

namespace convscope::panels {

// Draws the kernel as the product of a column and a row. If the kernel is not separable, draws the
// nearest such product.
void draw_separable_pair(const PanelContext& context, const Rect& rect, const KernelInfo& info);

// Draws the singular values as bars; those that count as 0 are pale.
void draw_singular_values(const PanelContext& context, const Rect& rect, const KernelInfo& info);

}  // namespace convscope::panels
