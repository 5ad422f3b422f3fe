#pragma once

#include "app/export/figure.h"
#include "app/export/names.h"
#include "app/export/source.h"

namespace convscope::exports {

// Returns the layers of the scene as a chain of stages, a row for each layer: the input, then one
// map of each stage, with arrows that say what is done. The map is that of source.channel where a
// stage has it, else its last. Stages without a result are left out. Throws Error where the first
// layer gives nothing.
Figure chain_figure(const Source& source);

}  // namespace convscope::exports
