#pragma once

#include "app/export/figure.h"
#include "app/export/names.h"
#include "app/export/source.h"

// The gradients of a source's layer as blocks, with the colours that the window gives them.
namespace convscope::exports {

// Returns the gradients of the layer. Throws Error, with the reason, where there are none.
const LayerGradients& require_gradients(const Source& source);

// Return ∂L/∂P, ∂L/∂Y with the cells masked where ReLU lets nothing through, and ∂L/∂X with the
// share of the padding's cells hatched around it. Outlined are the cell that is the loss, and what
// is linked to source.cell. Throw Error as require_gradients does, and where the gradient does not
// come through a pooling.
HeatmapBlock pooled_gradient_block(const Source& source);
HeatmapBlock output_gradient_block(const Source& source);
HeatmapBlock input_gradient_block(const Source& source);
// Returns ∂L/∂W, or ∂L/∂Ŵ for the error of the learning.
HeatmapBlock kernel_gradient_block(const Source& source);
// Returns the kernel that ∂L/∂Y is correlated with: turned by 180°, or for a transposed convolution
// as it is.
HeatmapBlock turned_kernel_block(const Source& source);
// Returns ∂L/∂Y with the zeros that the stride puts between its cells, hatched; as
// output_gradient_block does where there are none.
HeatmapBlock spread_gradient_block(const Source& source);

}  // namespace convscope::exports
