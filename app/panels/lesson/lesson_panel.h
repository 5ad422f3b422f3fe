#pragma once

#include "app/panels/lesson/lesson_text.h"
#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"
#include "app/program/lesson/lectern.h"
#include "app/ui/motion.h"

namespace convscope::panels {

// What the panel keeps between frames.
struct LessonPanelState {
  LessonPlace drawn;        // in the last frame
  ui::Transition arriving;  // of the outlines of what the step points at
  LessonTextState text;
  float dragged = 0.0f;  // the width while its edge is dragged, at scale 1
};

// Draws the open lesson in its place: title, text, steps and contents.
void draw_lesson_panel(const PanelContext& context, const Rect& rect, LessonPanelState& state);

}  // namespace convscope::panels
