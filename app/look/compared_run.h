#pragma once

#include <cstddef>
#include <string>

#include "app/look/names.h"
#include "app/look/palette.h"
#include "app/scene/scene.h"

// How a run that is compared with another looks, in the chart of the loss and in the landscape.
namespace convscope::look {

// Returns what it is called: "Adam at 0.03".
std::string run_label(const ComparedRun& run);
// Returns the colour of the run with this number.
Color compared_color(const Palette& palette, std::size_t run);

}  // namespace convscope::look
