#pragma once

#include "app/panels/panel_states.h"
#include "app/program/actions.h"
#include "app/program/copy_snippet.h"
#include "app/program/document/scene_files.h"
#include "app/program/lesson_steps.h"
#include "app/program/names.h"
#include "app/program/pictures.h"

namespace convscope::program {

// The owners of what actions change.
struct Owners {
  Document& document;
  SceneFiles& files;
  Live& live;
  Lessons& lessons;
  View& view;
  PanelStates& panels;
  Pictures& pictures;
  Snippets& snippets;
};

// Hands an action to its owner.
void dispatch(const Action& action, const Owners& owners);

}  // namespace convscope::program
