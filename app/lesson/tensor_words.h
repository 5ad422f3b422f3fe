#pragma once

#include <span>

#include "app/lesson/names.h"
#include "app/lesson/word.h"

// The words that stand for tensors, and what can be said of these and of their cells.
namespace convscope::lesson {

std::span<const TensorWord> tensor_words();
std::span<const TensorProperty> tensor_properties();
std::span<const CellProperty> cell_properties();

}  // namespace convscope::lesson
