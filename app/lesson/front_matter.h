#pragma once

#include <string>
#include <string_view>

#include "app/lesson/names.h"

namespace convscope::lesson {

// What stands between two lines --- at the beginning of a file.
struct FrontMatter {
  std::string title;  // empty where it says none
  std::string rest;   // the text with as many empty lines in the place of the front matter
};

// Reads it: lines such as "title: Padding", also "author:" and "date:", which are not shown. Throws
// LineError.
FrontMatter read_front_matter(std::string_view text);

}  // namespace convscope::lesson
