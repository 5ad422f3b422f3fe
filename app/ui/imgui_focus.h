#pragma once

// A part of imgui_shim.h, for code that gives a text field the keyboard.
namespace convscope::ui {

// Gives the next item the keyboard, from the next frame or the one after, wherever the keyboard is
// now.
void focus_next_item();

}  // namespace convscope::ui
