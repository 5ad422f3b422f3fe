#pragma once

#include <imgui.h>

#include <string>
#include <string_view>

#include "app/ui/names.h"
#include "app/ui/parse_number.h"
#include "app/ui/ui.h"

// Changes one number by mouse and keyboard, for number fields and the cells of a kernel.
namespace convscope::ui {

// Limit of typed, painted and dragged numbers that have no other limit; well inside float32.
inline constexpr double kMaxNumber = 1e30;

struct NumberLimits {
  double lo = -kMaxNumber, hi = kMaxNumber;
  double step = 0.01;  // change of one wheel notch or of four pixels of a drag
  bool integer = false;
};

// Writes "0 to 31".
std::string limits_text(const NumberLimits& limits);

// Returns the value clamped to the limits, and rounded if they ask for whole numbers.
double limited(double value, const NumberLimits& limits);

// Takes up the wheel, and unselects a number by a click elsewhere or Escape; before anything is
// drawn in a frame.
void follow_input(EditState& edit, float scale);

// Changes `value` when the item `id` is dragged (right or up is more; Shift is ten times finer,
// Ctrl ten times coarser), or the wheel turns over it while it is selected or Alt is held. A press
// selects it. Call right after the item.
EditEvent drag_number(Ui& ui, ImGuiID id, bool hovered, bool active, double& value,
                      const NumberLimits& limits);

// Begins to type a value. `text` is the field's first content; it is selected unless `typed`, which
// says that the user has typed it already.
void begin_typing(EditState& edit, ImGuiID id, std::string_view text, bool typed = false);
// Returns the characters typed in this frame, from the first one that can begin a number.
std::string typed_characters();

enum class TypingEnd { kNone, kCommitted, kEntered, kCancelled, kNext, kPrevious };

// Draws the text field of the number being typed in a screen rectangle. Enter commits (kEntered),
// Tab and Shift+Tab commit and ask for the next or previous control, Escape cancels, and a click
// elsewhere commits (kCommitted). On Enter and Tab a non-empty text that is not a number stays
// open, in red with a message below; a click elsewhere discards it. A number beyond the limits is
// red while it is typed, with the limits below, and becomes the nearest accepted one, which
// `edit.said` tells.
TypingEnd cell_editor(Ui& ui, ImVec2 min, ImVec2 max, ImFont* font, double& value,
                      const NumberLimits& limits, EditEvent& event);

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
