#pragma once

#include <string>

#include "app/export/names.h"
#include "app/export/snippet/steps.h"

namespace convscope::exports {

// Returns the Python functions of plain lists that these steps call, in the style of a first
// lesson: loops over rows and columns.
std::string list_functions(const SnippetSteps& steps);

// Returns a call of a function of planes for a plane, or for all planes of a tensor of this name;
// `more` are its other arguments.
std::string list_planes(const std::string& function, const std::string& of, const std::string& more,
                        bool plane);
// Returns the four sides as the padding functions take them.
std::string list_sides(const Padding& padding);

// Returns the name of the function that pads a plane in a mode.
std::string pad_function(PaddingMode mode);

}  // namespace convscope::exports
