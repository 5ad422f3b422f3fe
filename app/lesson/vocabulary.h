#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/lesson/kernel_words.h"
#include "app/lesson/layer_words.h"
#include "app/lesson/learning_words.h"
#include "app/lesson/names.h"
#include "app/lesson/tensor_words.h"

// The vocabulary of live text: the one table of all words, from which the documentation is made
// (vocabulary_page.h). Its rows stand by their kind in tensor_words.cpp, layer_words.cpp,
// kernel_words.cpp and learning_words.cpp; a new word is one row there.
namespace convscope::lesson {

// Returns the words that are no tensors, in their order. They exist as long as the program.
std::vector<const ValueWord*> value_words();

// Return the word of this name; null if there is none.
const TensorWord* find_tensor_word(std::string_view name);
const TensorProperty* find_tensor_property(std::string_view name);
const CellProperty* find_cell_property(std::string_view tensor, std::string_view name);
const ValueWord* find_value_word(std::string_view name);

// Returns all names with which a reference can begin, for messages.
std::vector<std::string> first_names();
// Returns the names that can follow `name` and a dot.
std::vector<std::string> next_names(std::string_view name);

}  // namespace convscope::lesson
