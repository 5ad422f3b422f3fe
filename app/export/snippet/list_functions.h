#pragma once

#include <string>

#include "app/export/names.h"
#include "app/export/snippet/steps.h"

namespace convscope::exports {

// Returns the Python functions of plain lists that these steps call, in the style of a first
// lesson: loops over rows and columns.
std::string list_functions(const SnippetSteps& steps);

// Returns the name of the function that pads a plane in a mode.
std::string pad_function(PaddingMode mode);

}  // namespace convscope::exports
