#pragma once

#include <optional>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"

namespace convscope::panels {

// The largest side of a cell of a small plane, at scale 1.
inline constexpr float kMaxSmallCell = 44.0f;

// Draws the cells of a plane from the point `at`, each `cell` pixels large, and registers `id`. If
// `symbol` is not null, a tooltip names the cell under the pointer and its number. Returns the cell
// under the pointer.
std::optional<Yx> draw_plane(const PanelContext& context, const char* id, const char* symbol,
                             const Tensor& plane, const ui::HeatmapStyle& style, ImVec2 at,
                             float cell);

// Returns a style with a diverging colour map about 0, whose range fits the plane.
ui::HeatmapStyle signed_style(const PanelContext& context, const Tensor& plane);

}  // namespace convscope::panels
