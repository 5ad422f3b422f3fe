#pragma once

#include <string>

#include "app/panels/panel_states.h"
#include "app/program/document/scene_files.h"
#include "app/program/names.h"
#include "app/program/view/view.h"

namespace convscope::program {

// Shows in the view what happened to the document. An error of the file that was chosen in the
// dialog brings that back, and a file of arrays brings the dialog in which one is chosen. Returns
// whether the user must choose a name to save under.
bool show_news(DocumentNews news, View& view, PanelStates& panels);

// Shows why a lesson can't be opened: in the dialog where it was chosen there.
void show_lesson_error(const std::string& error, View& view, FileDialogState& dialog);

}  // namespace convscope::program
