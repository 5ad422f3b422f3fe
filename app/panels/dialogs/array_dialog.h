#pragma once

#include <cstddef>
#include <optional>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/session/array_loader.h"

namespace convscope::panels {

// The state of the dialog in which an array of a file is chosen, and what it becomes.
struct ArrayDialogState {
  std::optional<ArrayQuestion> question;  // of which file; nullopt before the first
  bool open = false;                      // whether the dialog must open in the next frame
  bool shown = false;                     // whether the dialog is open
  std::size_t chosen = 0;                 // of the arrays
  bool use_is_known = false;              // where the file was dropped says it
  int use = 0;                            // as in ArrayUse
  bool channels_last = false;
};

// Opens the dialog with what the chosen array most likely is.
void show_array_dialog(ArrayDialogState& state, ArrayQuestion question);
// Draws the dialog if it is open, and enqueues the action that takes the array.
void draw_array_dialog(const PanelContext& context, ArrayDialogState& state);

}  // namespace convscope::panels
