#pragma once

#include <optional>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"

namespace convscope::panels {

inline constexpr float kLargestSmallCell = 44.0f;  // at scale 1

// Cells with their own colour range at a place, with a tooltip that tells the number under the
// pointer. Registers `id`. Gives the cell under the pointer.
std::optional<Yx> draw_plane(const PanelContext& context, const char* id, const char* symbol,
                             const Tensor& plane, const ui::HeatmapStyle& style, ImVec2 at,
                             float cell);

// Diverging about 0.
ui::HeatmapStyle signed_style(const PanelContext& context, const Tensor& plane);

}  // namespace convscope::panels
