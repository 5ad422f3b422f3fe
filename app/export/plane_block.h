#pragma once

#include <string>

#include "app/export/figure.h"
#include "app/export/names.h"
#include "app/export/source.h"

// The planes of a source as blocks, with the colours that the window gives them.
namespace convscope::exports {

// Return the layer's input with its padding and hatching, its kernel, and what it gives. Throw
// Error, with the reason, where the layer gives nothing. Cells that are linked to source.cell are
// outlined.
HeatmapBlock input_block(const Source& source);
HeatmapBlock kernel_block(const Source& source);
HeatmapBlock stage_block(const Source& source, StagePart part);
HeatmapBlock stage_block(const Source& source, StagePart part, Index channel);

// Return what the source's training has learned. Throw Error where nothing is learned.
HeatmapBlock error_block(const Source& source);
HeatmapBlock target_block(const Source& source);
HeatmapBlock weight_block(const Source& source);
HeatmapBlock gradient_block(const Source& source);

// Returns the training. Throws Error where nothing is learned.
const TrainingSnapshot& require_training(const Source& source);

// Returns the colours of a kernel's plane.
HeatmapStyle kernel_style(const Source& source, const Tensor& plane);

}  // namespace convscope::exports
