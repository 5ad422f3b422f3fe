#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/lesson/names.h"
#include "app/lesson/text_block.h"

// Reads Markdown (CommonMark, by libcmark), whose blocks it lists in their order.
namespace convscope::lesson {

enum class MarkdownKind {
  kTitle,  // a heading with one #
  kStep,   // a heading with ##
  kText,   // a block of text
  kFence,  // a fenced block that the program understands: scene, show, predict
};

struct MarkdownItem {
  MarkdownKind kind = MarkdownKind::kText;
  TextBlock block;   // of kText
  std::string text;  // of a heading as plain text, of a fence its lines
  std::string info;  // of a fence: "scene", "show" or "predict"
  int line = 0;      // of a fence: of its first line of text
};

// Reads a text that has no characters below a space but line ends and tabs. Throws LineError where
// it is nested too deep, has too many blocks, or has what a lesson can't show: HTML other than
// comments, and pictures.
std::vector<MarkdownItem> read_markdown(std::string_view text);

// Reads one paragraph that stands in line `line` of the file, with emphasis, code and links. What
// Markdown would take for a list or a heading is plain text. Throws LineError as above.
std::vector<TextRun> read_paragraph(std::string_view text, int line);

}  // namespace convscope::lesson
