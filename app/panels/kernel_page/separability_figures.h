#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"
#include "app/program/view/kernel_info.h"

namespace convscope::panels {

// The kernel as a product of a column and a row, or the product that is nearest to it.
void draw_separable_pair(const PanelContext& context, const Rect& rect, const KernelInfo& info);

// The singular values as bars, those that count as 0 pale.
void draw_singular_values(const PanelContext& context, const Rect& rect, const KernelInfo& info);

}  // namespace convscope::panels
