#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "app/lesson/lesson.h"
#include "app/lesson/names.h"

// Reads lessons: Markdown files whose text is alive (assets/lessons/README.md has the format).
namespace convscope::lesson {

// Loads a lesson. Throws Error, with the file, the step, the line, what is there and what would be
// accepted, where it can't be read or is no lesson.
Lesson load_lesson(const std::filesystem::path& path);

// Reads the text of a lesson. `name` stands in messages; relative paths begin at `folder`. A first
// step without a scene of its own has `first`, or where that is null the scene with which the
// program opens.
Lesson parse_lesson(std::string_view text, const std::string& name,
                    const std::filesystem::path& folder, const Scene* first = nullptr);

}  // namespace convscope::lesson
