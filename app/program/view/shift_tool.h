#pragma once

#include <optional>

#include "app/program/names.h"
#include "app/program/view/view_actions.h"
#include "app/scene/input_change.h"
#include "app/session/shift_effect.h"

// What the tool that shifts the input asks for.
namespace convscope::program {

// Returns the change that shifts the input by so many cells more.
InputChange further_shift(const InputScene& input, Yx by, ShiftFill fill, bool continues);

// Returns the request for what the shift does to the results that the Kernel page shows; nullopt
// while the tool is down, or where the input was not shifted.
std::optional<ShiftRequest> shift_request(const ShiftTool& tool, const ResultsPtr& results,
                                          const ShowPlanes& planes);

}  // namespace convscope::program
