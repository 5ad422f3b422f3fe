#pragma once

#include "app/program/document/document.h"
#include "app/program/document/scene_files.h"
#include "app/program/names.h"
#include "app/program/view/view.h"
#include "app/ui/ui.h"

namespace convscope::program {

// Draws the bar over the cards, which must not move what is being worked on: what is being read,
// changed or written, where that is `slow`, else the message. Closing it cancels the work, or takes
// the message away.
void draw_message_bar(ui::Ui ui, bool slow, Document& document, SceneFiles& files,
                      Message& message);

}  // namespace convscope::program
