#pragma once

#include <string>

#include "app/export/figure.h"
#include "app/export/names.h"
#include "app/export/source.h"

namespace convscope::exports {

// Returns the layer as one figure: input ⋆ kernel = output, and → pooled if its pooling changes
// anything, as far as the source shows them. Throws Error as stage_block does, and where nothing is
// left.
Figure row_figure(const Source& source);

// Returns what of these is not 1: "stride 2 · dilation 2".
std::string stride_note(Yx stride, Yx dilation);
// Returns what follows a layer's convolution: "ReLU · max 2 × 2".
std::string pool_note(const ConvolutionLayer& layer);

}  // namespace convscope::exports
