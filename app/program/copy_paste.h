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

// Copies the address of the scene, shown as it is shown now (scene_address.h), to the clipboard. If
// the scene is too large for one, the view's message says so.
void copy_address(const Scene& scene, View& view);

// Enqueues an action that puts the clipboard's rows of numbers in place of the input or the kernel
// under the pointer, or opens the scene whose address the clipboard has, wherever the pointer is.
// If they can't be pasted, the view's message says why.
void paste_pointed(const Document& document, const Live& live, View& view, Actions& actions);

}  // namespace convscope::program
