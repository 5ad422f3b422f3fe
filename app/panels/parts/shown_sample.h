#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"

namespace convscope::panels {

// Return the picture and the channel to show of a computed tensor: the requested ones, clamped,
// because the tensor may belong to an older scene with fewer of them.
Index shown_sample(const PanelContext& context, const Tensor& tensor);
Index shown_channel(const PanelContext& context, const Tensor& tensor);

// Returns the shown plane of the layer's input; without a tensor if there is no input yet.
ui::HeatmapPlane shown_input(const PanelContext& context);
// Returns the shown plane of a weight, or of a tensor of its shape, as [1, 1, kh, kw].
Tensor shown_plane(const PanelContext& context, const Tensor& weight);

}  // namespace convscope::panels
