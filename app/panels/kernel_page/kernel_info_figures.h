#pragma once

#include "app/program/view/kernel_info.h"

// The pictures of "About this kernel", each in a part of its card.
namespace convscope {

// The kernel as a product of a column and a row, or the product that is nearest to it.
void draw_separable_pair(const PanelContext& context, const Rect& rect, const KernelInfo& info);

// The singular values as bars, those that count as 0 pale.
void draw_singular_values(const PanelContext& context, const Rect& rect, const KernelInfo& info);

// |F| over fy and fx with labelled axes, a colour bar and its sentence.
void draw_frequencies(const PanelContext& context, const Rect& rect, const KernelInfo& info,
                      ui::HeatmapViewState& heatmap);

}  // namespace convscope
