#pragma once

#include <span>

#include "app/lesson/names.h"
#include "app/lesson/word.h"

namespace convscope::lesson {

// Returns the words of a layer's kernel and of what follows the convolution: what its first plane
// is, whether it is turned, and whether a ReLU follows.
std::span<const ValueWord> kernel_words();

}  // namespace convscope::lesson
