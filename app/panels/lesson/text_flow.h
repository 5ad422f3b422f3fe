#pragma once

#include <imgui.h>

#include <functional>
#include <string>
#include <vector>

#include "app/lesson/text_block.h"
#include "app/panels/names.h"
#include "app/ui/theme.h"

// Sets the words of a lesson in lines, across runs of different style.
namespace convscope::panels {

// The fonts that a lesson is set in, which are larger while presenting.
struct TextFonts {
  ImFont* body;
  ImFont* strong;
  ImFont* code;
  ImFont* heading;  // of a step
  ImFont* small;
};
TextFonts text_fonts(const ui::Theme& theme, bool presenting);

// How a piece is set.
struct PieceStyle {
  bool strong = false, emphasis = false, code = false, link = false;
};

// Some words in one style, or a live value, in one line.
struct FlowPiece {
  std::string text;
  PieceStyle style;
  const lesson::TextRun* live = nullptr;  // the run of a live value; else null
  ImVec2 at;                              // its upper left corner in the flow, in pixels
  float width = 0.0f;
  float inset = 0.0f;  // of the text in it, as the mark of a live value has a margin
  float lead = 0.0f;   // space before it that belongs to the same live value
};

struct Flow {
  std::vector<FlowPiece> pieces;
  float height = 0.0f;
};

// Returns the text that a live value shows.
using LiveWord = std::function<std::string(const lesson::TextRun&)>;

// Returns the height of a line of text.
float line_height(const TextFonts& fonts);
// Returns the font of a style.
ImFont* font_of(const TextFonts& fonts, const PieceStyle& style);
// Returns how much wider than its text a live value is, for the mark around it, in pixels.
float live_padding(const ui::Theme& theme, const lesson::TextRun& run);

// Sets the runs in lines of `width` pixels. Lines are broken at spaces; a word that is wider than a
// line is broken where the line ends.
Flow flow_text(const ui::Theme& theme, const TextFonts& fonts,
               const std::vector<lesson::TextRun>& runs, float width, const LiveWord& live);

}  // namespace convscope::panels
