#pragma once

#include "app/panels/lecture/over_page.h"
#include "app/panels/names.h"
#include "app/panels/parts/rect.h"
#include "app/program/lesson/lectern.h"
#include "app/scene/page.h"
#include "app/ui/held_pointer.h"

namespace convscope::panels {

// What the pen and the spotlight keep between frames.
struct LectureState {
  ui::HeldPointer pointer;  // while the pen has it
  Rect bar;                 // of the pen, where the pointer presses buttons
  OverPageState over;
  LessonPlace place;  // to which the strokes belong, with the page
  Page page = Page::kKernel;
};

}  // namespace convscope::panels
