#pragma once

#include <string>

#include "app/lesson/names.h"

namespace convscope::lesson {

// Returns the tables of the vocabulary and of the controls as Markdown, for
// assets/lessons/README.md and `convscope lesson --vocabulary`.
std::string vocabulary_page();

}  // namespace convscope::lesson
