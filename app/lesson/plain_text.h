#pragma once

#include <string>

#include "app/lesson/lesson.h"
#include "app/lesson/names.h"
#include "app/lesson/word.h"

// Writes lessons as plain text, with the present values in the place of live text.
namespace convscope::lesson {

// Returns the runs as one text. What the author stated stands behind a value that differs: "5 × 6
// (stated: 6 × 7)".
std::string plain_runs(const std::vector<TextRun>& runs, const StepValues& values);

// Returns the blocks, with an empty line between two that are no items of a list, and an end of
// line behind the last.
std::string plain_blocks(const std::vector<TextBlock>& blocks,
                         const std::vector<Prediction>& predictions, const StepValues& values);

// Returns a step with its number and title.
std::string plain_step(const Lesson& lesson, std::size_t index, const StepValues& values);

}  // namespace convscope::lesson
