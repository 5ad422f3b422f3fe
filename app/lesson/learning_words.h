#pragma once

#include <span>

#include "app/lesson/names.h"
#include "app/lesson/word.h"

namespace convscope::lesson {

// Returns the words that are no tensors, of the learning and its analysis.
std::span<const ValueWord> learning_words();

}  // namespace convscope::lesson
