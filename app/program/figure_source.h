#pragma once

#include "app/export/source.h"
#include "app/panels/learning/error_panel.h"
#include "app/program/live/live.h"
#include "app/program/names.h"
#include "app/program/view/view.h"

namespace convscope::program {

// Returns what figures are made of, as the window shows it: its results, its learning, its
// gradients, the planes and colours that are chosen, the axes of the landscape and of the bars, and
// the selected cell. There must be results.
exports::Source figure_source(const Live& live, const View& view, const ErrorPanelState& axes);

}  // namespace convscope::program
