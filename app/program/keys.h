#pragma once

#include "app/panels/panel_states.h"
#include "app/program/actions.h"
#include "app/program/document/document.h"
#include "app/program/lesson/lectern.h"
#include "app/program/live/live.h"
#include "app/program/names.h"
#include "app/program/view/view.h"
#include "app/ui/focus.h"

namespace convscope::program {

// What the keys are for.
struct KeysFor {
  const Document& document;
  const Live& live;
  const Lectern& lectern;
  View& view;
  const ui::Focus& focus;
  PanelStates& panels;
};

// Turns the keys pressed since the last frame into actions, but for those of the control that has
// the focus. Keys for the explored cells change the view at once, as the pointer does.
void take_shortcuts(const KeysFor& keys, Actions& actions);

}  // namespace convscope::program
