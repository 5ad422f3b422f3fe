#pragma once

#include <memory>
#include <string>

#include "app/export/figure.h"
#include "app/export/names.h"
#include "app/export/source.h"
#include "engine/ops/cell_links.h"

// The planes of a source as blocks, with the colours that the window gives them.
namespace convscope::exports {

// Returns the colours of the figure.
Palette palette_of(const Source& source);

// Returns a plane of a tensor [N, C, H, W]: of the source's picture, and of `channel` or the
// nearest that exists. It has no title and no colours yet.
HeatmapBlock plane_of(const Source& source, const std::shared_ptr<const Tensor>& tensor,
                      Index channel);
// Gives it the colours of one of the window's views.
void color_as(const Source& source, const char* view, CardMeaning meaning, HeatmapBlock& block);
// Outlines linked cells: the boxes that a grid of them consists of.
void add_outlines(const Source& source, const CellGrid& grid, HeatmapBlock& block);
// Returns the shown plane of a weight, or of a tensor of its shape, with its colours.
HeatmapBlock kernel_plane(const Source& source, const Tensor& weight, const char* symbol);

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
