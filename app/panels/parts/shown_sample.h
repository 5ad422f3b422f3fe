#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"

namespace convscope::panels {

// The picture and channel that are shown of a tensor that was computed from the scene not long ago.
Index shown_sample(const PanelContext& context, const Tensor& tensor);
Index shown_channel(const PanelContext& context, const Tensor& tensor);

// The plane that is shown of the layer's input, where that is there.
ui::HeatmapPlane shown_input(const PanelContext& context);
// The plane that is shown of a weight, or of a tensor of its shape.
Tensor shown_plane(const PanelContext& context, const Tensor& weight);

}  // namespace convscope::panels
