#pragma once

#include <span>
#include <string_view>

#include "app/lesson/lesson.h"
#include "app/lesson/names.h"

// The lessons of assets/lessons, which are compiled into the program.
namespace convscope::lesson {

struct ShippedLesson {
  std::string_view name;  // of its file, without the ending: "04-cross-correlation"
  std::span<const unsigned char> (*text)();
};

// Returns them in the order in which they are taught.
std::span<const ShippedLesson> shipped_lessons();

// Returns the lesson of one of these. Does not throw for those: a test reads them all.
Lesson read_shipped(const ShippedLesson& shipped);

}  // namespace convscope::lesson
