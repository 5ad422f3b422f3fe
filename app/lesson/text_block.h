#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "app/lesson/live_text.h"
#include "app/lesson/names.h"

// The text of a lesson as a list of blocks of runs, so that a panel can draw it without knowing
// Markdown.
namespace convscope::lesson {

// How a run is set.
struct RunStyle {
  bool strong = false;
  bool emphasis = false;
  bool code = false;  // its braces are plain text
  std::string link;   // where it leads; empty for none
  friend bool operator==(const RunStyle&, const RunStyle&) = default;
};

// A piece of text in one style, or a live value.
struct TextRun {
  std::string text;  // UTF-8; "\n" is a line break; of a live value what stands in its braces
  RunStyle style;
  std::optional<LiveText> live;
  int line = 0;  // in the file, from 1
};

enum class TextBlockKind {
  kParagraph,
  kHeading,     // below a step's own
  kCode,        // one run with all lines
  kRule,        // a line across; no runs
  kPrediction,  // stands where the question is asked; no runs
};

// A paragraph or what stands in the place of one.
struct TextBlock {
  TextBlockKind kind = TextBlockKind::kParagraph;
  int level = 0;               // of a heading: 3 to 6
  int indent = 0;              // how many lists and quotes it is in
  bool quoted = false;         // whether it is in a quote
  std::string marker;          // of the first block of a list's item: "•" or "1."
  std::string fence;           // of kCode: the name of its block; empty for none
  std::size_t prediction = 0;  // of kPrediction: its number in Step::predictions
  std::vector<TextRun> runs;
  int line = 0;
};

}  // namespace convscope::lesson
