#pragma once

#include <imgui.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/edit_state.h"
#include "app/ui/icons.h"
#include "app/ui/number_input.h"
#include "app/ui/ui.h"
#include "engine/core/tensor.h"

// Controls in the program's look. `name` is both the ImGui id and the name in the item registry
// ("kernel/flip"), and must be unique. Controls appear at ImGui's cursor.
namespace convscope::ui {

// Draws a card: a rounded panel with a bold title and a muted subtitle (cut with … if it is too
// long). `pos` is on the screen. Between begin_card and end_card, ImGui's cursor and content region
// are the inside of the card below the title. `corner` pixels at the right of the title are left
// free. Always call end_card.
void begin_card(Ui& ui, const char* name, ImVec2 pos, ImVec2 size, std::string_view title = {},
                std::string_view subtitle = {}, float corner = 0.0f);
void end_card();
// Draws a title and subtitle like those of a card at ImGui's cursor, `width` pixels wide.
void card_title(Ui& ui, float width, std::string_view title, std::string_view subtitle = {});

enum class ButtonKind { kNormal, kPrimary, kFlat };

struct ButtonOptions {
  ButtonKind kind = ButtonKind::kNormal;
  Icon icon = Icon::kNone;
  bool enabled = true;
  const char* tooltip = nullptr;
  float width = 0.0f;  // in pixels; 0 fits the label
};

// Returns whether it was clicked in this frame. An empty label with an icon gives a square button.
bool button(Ui& ui, const char* name, std::string_view label, const ButtonOptions& options = {});
// Draws a button filled with the accent colour while `on`. Returns whether it was clicked; `on` has
// changed then.
bool toggle_button(Ui& ui, const char* name, std::string_view label, bool& on,
                   const ButtonOptions& options = {});
// Offers one of several labels, side by side. Returns whether `selected` changed. Registers
// "name/0" ...
bool segmented(Ui& ui, const char* name, std::span<const char* const> labels, int& selected);
// Draws a button that opens a list of choices. Returns whether `selected` changed or, with `again`,
// the same one was chosen again. Registers the items "name/0" ... while it is open.
bool combo(Ui& ui, const char* name, std::span<const char* const> labels, int& selected,
           bool again = false, const char* shown = nullptr);
// Draws a button that opens a list of commands. Returns whether one was chosen in this frame.
// Registers "name/0" ... while it is open.
bool menu(Ui& ui, const char* name, const char* label, std::span<const char* const> items,
          int& chosen);
// Does ImGui::BeginPopup at the last item, the button that opens it. Escape closes it, unless it
// ends the typing of a number.
bool begin_popup(Ui& ui, const char* name);
// Opens a popup `size` wide, and at most about as high, beside the last item, which stays visible.
bool begin_popup_beside(Ui& ui, const char* name, ImVec2 size);
bool checkbox(Ui& ui, const char* name, std::string_view label, bool& on);

struct FieldOptions {
  NumberLimits limits;
  int digits = 4;                 // number of significant digits
  const char* tooltip = nullptr;  // the limits are appended
  float width = 0.0f;             // of the box in pixels; 0 gives about five digits
};

// Draws a small number after its label: drag or scroll it, double click or Ctrl+click to type.
EditEvent float_field(Ui& ui, const char* name, std::string_view label, float& value,
                      const FieldOptions& options = {});
EditEvent int_field(Ui& ui, const char* name, std::string_view label, Index& value, Index lo,
                    Index hi, const char* tooltip = nullptr);
// Draws two whole numbers, y then x, in one box: "2, 2". Registers "name/y" and "name/x".
EditEvent pair_field(Ui& ui, const char* name, std::string_view label, Yx& value, Yx lo, Yx hi,
                     const char* tooltip = nullptr);

enum class MessageKind { kInfo, kWarning, kError };
// Draws a bar with one sentence over the whole width. Returns whether it was dismissed. Registers
// "name/close".
bool message_bar(Ui& ui, const char* name, std::string_view text, MessageKind kind);

// Draw text vertically centred in the current row: muted and small, or with a font and a colour
// (made legible on a card if it is too pale).
void label(Ui& ui, std::string_view text);
void text(Ui& ui, std::string_view text, ImFont* font, ImU32 color);
// Draws text wrapped at the content region's width.
void paragraph(Ui& ui, std::string_view text, ImFont* font, ImU32 color);
// Shows a tooltip for the last item, but not where it was just clicked.
void tooltip(Ui& ui, std::string_view text);
// Returns whether the pointer is still where the left button was last pressed.
bool was_just_clicked(Ui& ui);
// Draws "Ctrl+O" as key caps with plus signs between them.
void key_caps(Ui& ui, std::string_view keys);

// Puts the next item, `width` pixels wide, beside the last one if there is room, else on a new row.
void flow(Ui& ui, float width);
float row_height(const Ui& ui);  // of all controls
float button_width(const Ui& ui, std::string_view label, Icon icon = Icon::kNone);
float combo_width(const Ui& ui, std::span<const char* const> labels);
float menu_width(const Ui& ui, const char* label);
float field_width(const Ui& ui, std::string_view label, float box = 0.0f);
float pair_width(const Ui& ui, std::string_view label, Yx value = {});
float segmented_width(const Ui& ui, std::span<const char* const> labels);
float label_width(const Ui& ui, std::string_view text);

// Returns `text`, cut with … if it is wider than `width`.
std::string elided(const ImFont* font, std::string_view text, float width);
// Returns the lines of a text, broken at spaces but not inside a number ("1 234"), and inside a
// word only if it is wider than `width`. ImGui's own wrapping breaks numbers at their decimal
// point.
std::vector<std::string_view> wrapped_lines(const ImFont* font, float width, std::string_view text);

}  // namespace convscope::ui
