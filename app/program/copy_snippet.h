#pragma once

#include "app/export/snippet/snippet.h"
#include "app/program/live/live.h"
#include "app/program/names.h"
#include "app/program/view/view.h"

namespace convscope::program {

// Copies the newest results, and the learning as far as it has run, as a Python program to the
// clipboard. If that can't be, or while a question is asked whose answer it would show, the view's
// message says why.
void copy_snippet(exports::Dialect dialect, const Live& live, bool asked, View& view);

}  // namespace convscope::program
