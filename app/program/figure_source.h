#pragma once

#include "app/export/source.h"
#include "app/program/live/live.h"
#include "app/program/names.h"
#include "app/program/view/view.h"

namespace convscope::program {

// Returns what figures are made of, as the window shows it: its results, its learning, the planes
// and colours that are chosen, and the selected cell. There must be results.
exports::Source figure_source(const Live& live, const View& view);

}  // namespace convscope::program
