#pragma once

#include "app/program/actions.h"
#include "app/program/document/document.h"
#include "app/program/live/live.h"
#include "app/program/names.h"
#include "app/program/view/view.h"

namespace convscope::program {

// Turns the keys that were pressed since the last frame into actions. Those for the cells that are
// explored take effect at once: they move what the pointer would.
void take_shortcuts(const Document& document, const Live& live, View& view, Actions& actions);

}  // namespace convscope::program
