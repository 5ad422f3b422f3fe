#pragma once

#include "app/program/actions.h"
#include "app/program/document/document.h"
#include "app/program/live/live.h"
#include "app/program/names.h"
#include "app/program/view/view.h"

namespace convscope::program {

// Copies the plane under the pointer to the clipboard as rows of numbers. If it can't be copied,
// the view's message says why.
void copy_pointed(const Document& document, const Live& live, View& view);

// Enqueues an action that puts the clipboard's rows of numbers in place of the input or the kernel
// under the pointer. If they can't be pasted, the view's message says why.
void paste_pointed(const Document& document, const Live& live, View& view, Actions& actions);

}  // namespace convscope::program
