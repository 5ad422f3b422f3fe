#pragma once

#include "app/program/document/document.h"
#include "app/program/document/scene_files.h"
#include "app/program/lesson/lesson_files.h"
#include "app/program/names.h"
#include "app/program/pictures.h"
#include "app/program/view/view.h"
#include "app/ui/ui.h"

namespace convscope::program {

// What may be told to end work that takes long.
struct Workers {
  Document& document;
  SceneFiles& files;
  LessonFiles& lessons;
  Pictures& pictures;
};

// Draws one line: while work is `slow`, what is being read, changed or written, and otherwise the
// message. Closing the bar cancels reading or changing, or removes the message. It lies over the
// cards, so that they don't move when it appears.
void draw_message_bar(ui::Ui ui, bool slow, const Workers& workers, View& view);

}  // namespace convscope::program
