#pragma once

#include <imgui.h>

#include <optional>
#include <string>
#include <string_view>

#include "app/ui/ui.h"

// Changing one number by mouse and keyboard: what number fields and the cells of a kernel share.
namespace convscope::ui {

// Of what is typed, painted and dragged where nothing else limits it: well inside float32.
inline constexpr double kMostNumber = 1e30;

struct NumberLimits {
  double lo = -kMostNumber, hi = kMostNumber;
  double step = 0.01;  // of one wheel notch and of four pixels of a drag
  bool integer = false;
};

// The number that a text means: real or ASCII minus, comma or point, powers ("1.2e-3", "1.2×10⁻³")
// and fractions ("1/9"). Empty where it means none, or one that is not finite.
std::optional<double> parse_number(std::string_view text);

// "0 to 31".
std::string limits_text(const NumberLimits& limits);

// Clamped to the limits, and whole where they say so.
double limited(double value, const NumberLimits& limits);

// Changes `value` by dragging the item `id` (right or up is more; Shift is ten times finer, Ctrl
// ten times coarser) and by the wheel over it. Call right after the item.
EditEvent drag_number(Ui& ui, ImGuiID id, bool hovered, bool active, double& value,
                      const NumberLimits& limits);

// Begins to type a value: `text` is what stands in the field first, selected unless `typed` (then
// it is what was typed already).
void begin_typing(EditState& edit, ImGuiID id, std::string_view text, bool typed = false);
// What was typed in this frame, from the first character on that can begin a number: for beginning
// with it.
std::string typed_characters();

enum class TypingEnd { kNone, kCommitted, kEntered, kCancelled, kNext, kPrevious };

// The text field of the number that is being typed, in a rectangle of the screen. Enter commits
// (kEntered), Tab and Shift+Tab commit and ask for the next or previous control, Escape cancels, a
// click elsewhere commits (kCommitted). A text that is no number, unless it is empty, stays open on
// Enter and Tab, in red and with a word below the field; a click elsewhere gives it up. A number
// beyond the limits is red while it is typed, with the limits below the field, and becomes the
// nearest that is accepted.
TypingEnd cell_editor(Ui& ui, ImVec2 min, ImVec2 max, ImFont* font, double& value,
                      const NumberLimits& limits, EditEvent& event);

}  // namespace convscope::ui
