#pragma once

#include <string>

#include "app/export/names.h"
#include "app/export/snippet/steps.h"

namespace convscope::exports {

// Returns the imports and the functions of NumPy and SciPy that these steps call.
std::string numpy_head(const SnippetSteps& steps);

// Returns a call of np.pad for a plane, or for the planes of a tensor; `how` is what numpy_mode
// gives, or another argument.
std::string numpy_pad(const std::string& of, const Padding& padding, const std::string& how,
                      bool plane);
// Returns the argument for a mode: ", mode=\"edge\""; empty for zeros.
const char* numpy_mode(PaddingMode mode);

}  // namespace convscope::exports
