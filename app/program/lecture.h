#pragma once

#include "app/panels/lecture/lecture_state.h"
#include "app/panels/parts/context.h"
#include "app/program/lesson/lectern.h"
#include "app/program/names.h"
#include "app/program/view/view.h"

// The pen and the spotlight in the frame of the program.
namespace convscope::program {

// Takes the wheel for the spotlight, and from the page while the pen is in hand. Call before
// ImGui::NewFrame.
void take_lecture_wheel(View& view);
// Takes the strokes away when the lesson has gone on or the page is another one, and draws with the
// pen, which then has the pointer: the page has none. Call before the page is drawn.
void begin_lecture(const LessonPlace& place, View& view, LectureState& state);
// Gives the pointer back, and draws strokes, spotlight and the pen's bar over the page.
void draw_lecture(const PanelContext& context, LectureState& state);

}  // namespace convscope::program
