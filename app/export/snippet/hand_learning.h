#pragma once

#include <string>

#include "app/export/names.h"
#include "app/export/snippet/learning.h"
#include "app/export/snippet/snippet.h"

namespace convscope::exports {

// Returns the learning with its gradients written out, in NumPy or in plain lists; `plane` says
// that tensors are single planes. `convolution` is how the first layer is said in the dialect.
std::string hand_learning(Dialect dialect, const SnippetLearning& run, bool plane,
                          const std::string& convolution);

}  // namespace convscope::exports
