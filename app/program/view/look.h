#pragma once

#include "app/program/names.h"
#include "app/program/view/view_settings.h"
#include "app/scene/scene_look.h"

// Converts between the view of the window and the look that a scene's file keeps.
namespace convscope::program {

// Shows what the author set. Ranges and signs belong to the scene: those that it does not set are
// automatic again. Page and theme stay where it does not set them.
void show_look(const SceneLook& look, ViewSettings& settings);

// Returns what to keep of the present view: what differs from how the program starts, and what the
// scene had set before.
SceneLook look_of(const SceneLook& before, const ViewSettings& settings);

}  // namespace convscope::program
