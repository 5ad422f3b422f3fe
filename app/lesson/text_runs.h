#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/lesson/names.h"
#include "app/lesson/text_block.h"

namespace convscope::lesson {

// Stands for a brace that is written \{ and is no live text, while Markdown is read. It is no
// character of a lesson.
inline constexpr char kLiteralBrace = '\x01';

// Returns the text with kLiteralBrace for each \{, a byte less for each;
// \\ before a brace is a backslash. And back, for code, where a backslash is one.
std::string with_marked_braces(std::string_view text);
std::string with_written_braces(std::string_view text);

// Splits a text into plain runs and live values. `lines` are the places in the text where a new
// line of the file begins, and `line` is the first one. Throws LineError.
std::vector<TextRun> split_runs(std::string_view text, const RunStyle& style, int line,
                                const std::vector<std::size_t>& lines = {});

}  // namespace convscope::lesson
