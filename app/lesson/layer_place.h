#pragma once

#include <string>

#include "app/lesson/names.h"
#include "app/lesson/word.h"

namespace convscope::lesson {

// Returns the results of the layer that is asked for, or null and why there are none.
const LayerResults* layer_of(const WordQuery& query, std::string& why);

// Returns the layer that is asked for, which must exist.
const ConvolutionLayer& layer_scene(const WordQuery& query);

}  // namespace convscope::lesson
