#pragma once

#include "app/program/actions.h"
#include "app/program/document/document.h"
#include "app/program/live/live.h"
#include "app/program/names.h"
#include "app/program/view/view.h"

namespace convscope::program {

// Copies the plane under the pointer as rows of numbers, or says why not in the view's message.
void copy_pointed(const Document& document, const Live& live, View& view);

// Asks for the rows of numbers of the clipboard as the input or the kernel under the pointer, or
// says why not in the view's message.
void paste_pointed(const Document& document, const Live& live, View& view, Actions& actions);

}  // namespace convscope::program
