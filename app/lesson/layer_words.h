#pragma once

#include <span>

#include "app/lesson/names.h"
#include "app/lesson/word.h"

namespace convscope::lesson {

// Returns the words that are no tensors, of the scene and its layers: options, sizes as formulas,
// parameters, costs and receptive fields.
std::span<const ValueWord> layer_words();

}  // namespace convscope::lesson
