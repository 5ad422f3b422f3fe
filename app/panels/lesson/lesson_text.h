#pragma once

#include <array>
#include <unordered_map>
#include <vector>

#include "app/panels/lesson/live_values.h"
#include "app/panels/lesson/text_flow.h"
#include "app/panels/names.h"
#include "app/panels/parts/context.h"

namespace convscope::panels {

// What the text of a step keeps between frames: its lines as long as they stay the same, and the
// answer that is being typed.
struct LessonTextState {
  LiveValues values;
  std::unordered_map<const std::vector<lesson::TextRun>*, Flow> flows;
  float width = 0.0f;  // for which the lines were set
  float size = 0.0f;   // of their font
  std::array<char, 128> typed{};
  std::size_t answering = 0;  // the question that is being answered
};

// Draws runs of text at ImGui's cursor, `left` pixels further in, and goes on below them.
// `controls` counts the controls of the step, whose names are numbered.
struct TextPlace {
  TextFonts fonts;
  float width = 0.0f;  // of the column
  int controls = 0;
};
void draw_runs(const PanelContext& context, const std::vector<lesson::TextRun>& runs, float left,
               TextPlace& place, LessonTextState& state);

// Draws the text of the present step, and of the opening before the first, in the current window.
// It is `width` pixels wide. What follows an open question is left out.
void draw_lesson_text(const PanelContext& context, const TextFonts& fonts, float width,
                      LessonTextState& state);

}  // namespace convscope::panels
