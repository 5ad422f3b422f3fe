#pragma once

#include <string>

#include "app/export/names.h"
#include "app/export/snippet/learning.h"

namespace convscope::exports {

// Returns the learning with torch.optim. `convolution` is how the first layer is said in PyTorch.
std::string torch_learning(const SnippetLearning& run, const std::string& convolution);

}  // namespace convscope::exports
