#pragma once

#include <imgui.h>

#include <string>
#include <string_view>

#include "app/ui/names.h"
#include "app/ui/number_steps.h"
#include "app/ui/parse_number.h"
#include "app/ui/ui.h"

// Types a number, for number fields and the cells of a kernel.
namespace convscope::ui {

// Takes up the wheel, and unselects a number by a click elsewhere or Escape; before anything is
// drawn in a frame.
void follow_input(EditState& edit, float scale);

// Begins to type a value. `text` is the field's first content; it is selected unless `typed`, which
// says that the user has typed it already.
void begin_typing(EditState& edit, ImGuiID id, std::string_view text, bool typed = false);
// Returns the characters typed in this frame, from the first one that can begin a number.
std::string typed_characters();

// Begins to type what was typed in this frame, if that can begin a number; returns whether it did.
bool begin_typing_digits(EditState& edit, ImGuiID id);

enum class TypingEnd { kNone, kCommitted, kEntered, kCancelled, kNext, kPrevious };

// Draws the text field of the number being typed in a screen rectangle. Enter commits (kEntered),
// Tab and Shift+Tab commit and ask for the next or previous control, Escape cancels, and a click
// elsewhere commits (kCommitted). On Enter and Tab a non-empty text that is not a number stays
// open, in red with a message below; a click elsewhere discards it. A number beyond the limits is
// red while it is typed, with the limits below, and becomes the nearest accepted one, which
// `edit.said` tells.
TypingEnd cell_editor(Ui& ui, ImVec2 min, ImVec2 max, ImFont* font, double& value,
                      const NumberLimits& limits, EditEvent& event);

// Gives the focus to the control beside `id` if the typing ended with Tab or Shift+Tab.
void leave_typing(Focus& focus, ImGuiID id, TypingEnd end);

// Two whole numbers of which one is being typed.
struct PairTyping {
  NumberPair value;
  NumberLimits first_limits, second_limits;
  bool second = false;  // it is this one

  double& number() { return second ? value.second : value.first; }
  const NumberLimits& limits() const { return second ? second_limits : first_limits; }
};
// The same for a pair: a single number becomes the one that is being typed, and two become both.
TypingEnd pair_editor(Ui& ui, ImVec2 min, ImVec2 max, ImFont* font, PairTyping& pair,
                      EditEvent& event);

}  // namespace convscope::ui
