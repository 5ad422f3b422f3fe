#pragma once

#include "app/panels/panel_states.h"
#include "app/panels/parts/context.h"
#include "app/program/document/scene_files.h"
#include "app/program/message_bar.h"
#include "app/program/names.h"
#include "app/program/recovery.h"

// What is drawn over the page: messages, dialogs and questions.
namespace convscope::program {

// Draws them (`slow`: the work has lasted so long that it is told). `recovery` is null if no
// unsaved changes are kept.
void draw_overlays(const PanelContext& context, bool slow, const Workers& workers,
                   PanelStates& panels, Recovery* recovery);

// Returns the window's title: the scene's file, with a star if it has unsaved changes, and the name
// under which the window listens, unless that is empty.
std::string window_title(const Document& document, const std::string& listens_as);

}  // namespace convscope::program
