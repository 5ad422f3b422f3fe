#pragma once

// Of imgui_shim.h, for those who give a text field the keyboard.
namespace convscope::ui {

// The next item has the keyboard from the next frame or the one after it on, wherever the keyboard
// was before.
void focus_next_item();

}  // namespace convscope::ui
