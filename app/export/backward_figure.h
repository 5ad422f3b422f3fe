#pragma once

#include "app/export/figure.h"
#include "app/export/names.h"
#include "app/export/source.h"

namespace convscope::exports {

// Returns how the gradient goes back through the layer: ∂L/∂X = turned W ⋆ ∂L/∂Y ← ∂L/∂P, and below
// it ∂L/∂W = X ⋆ ∂L/∂Y. Throws Error as require_gradients does.
Figure backward_figure(const Source& source);

}  // namespace convscope::exports
