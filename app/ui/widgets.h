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
// ("kernel/flip"), and must be unique. Controls stand where ImGui's cursor is.
namespace convscope::ui {

// A card: a rounded panel with a bold title and a muted subtitle (cut with … where it is too long).
// `pos` is on the screen. Between begin and end ImGui's cursor and content region are the card's
// inside, below the title; without a title, all of the inside. Always call end_card.
// `corner` pixels at the right of the title are left to the caller.
void begin_card(Ui& ui, const char* name, ImVec2 pos, ImVec2 size, std::string_view title = {},
                std::string_view subtitle = {}, float corner = 0.0f);
void end_card();
// A title and subtitle as those of a card where ImGui's cursor is, `width` wide.
void card_title(Ui& ui, float width, std::string_view title, std::string_view subtitle = {});

enum class ButtonKind { kNormal, kPrimary, kFlat };

struct ButtonOptions {
  ButtonKind kind = ButtonKind::kNormal;
  Icon icon = Icon::kNone;
  bool enabled = true;
  const char* tooltip = nullptr;
  float width = 0.0f;  // 0: as wide as the label needs
};

// True in the frame in which it is clicked. An empty label with an icon is a square button.
bool button(Ui& ui, const char* name, std::string_view label, const ButtonOptions& options = {});
// Filled with the accent while `on`. True when clicked, with `on` already changed.
bool toggle_button(Ui& ui, const char* name, std::string_view label, bool& on,
                   const ButtonOptions& options = {});
// One of several, side by side; registers "name/0" ... Returns true when `selected` changed.
bool segmented(Ui& ui, const char* name, std::span<const char* const> labels, int& selected);
// A button that opens a list; registers the items "name/0" ... while it is open. Returns true when
// `selected` changed, or the same was chosen again with `again` true.
bool combo(Ui& ui, const char* name, std::span<const char* const> labels, int& selected,
           bool again = false, const char* shown = nullptr);
// A button that opens a list of things to do; registers "name/0" ... while it is open. True in the
// frame in which one was chosen.
bool menu(Ui& ui, const char* name, const char* label, std::span<const char* const> items,
          int& chosen);
// ImGui::BeginPopup at the last item, the button that opens it. Escape closes it unless it ends the
// typing of a number.
bool begin_popup(Ui& ui, const char* name);
// Beside the last item, which it leaves in sight: `size` wide, and at most about as high.
bool begin_popup_beside(Ui& ui, const char* name, ImVec2 size);
bool checkbox(Ui& ui, const char* name, std::string_view label, bool& on);

struct FieldOptions {
  NumberLimits limits;
  int digits = 4;                 // significant digits shown
  const char* tooltip = nullptr;  // the limits are added
  float width = 0.0f;             // of the box; 0: about five digits
};

// A small number with its label before it: drag or scroll it, double click or Ctrl+click to type.
EditEvent float_field(Ui& ui, const char* name, std::string_view label, float& value,
                      const FieldOptions& options = {});
EditEvent int_field(Ui& ui, const char* name, std::string_view label, Index& value, Index lo,
                    Index hi, const char* tooltip = nullptr);
// Two whole numbers, y then x, in one box: "2, 2". Registers "name/y" and "name/x".
EditEvent pair_field(Ui& ui, const char* name, std::string_view label, Yx& value, Yx lo, Yx hi,
                     const char* tooltip = nullptr);

enum class MessageKind { kInfo, kWarning, kError };
// A bar with one sentence over the whole width; true when it was dismissed. Registers "name/close".
bool message_bar(Ui& ui, const char* name, std::string_view text, MessageKind kind);

// Text in the middle of the present row: muted and small, or with a font and colour (made legible
// on a card where it is too pale).
void label(Ui& ui, std::string_view text);
void text(Ui& ui, std::string_view text, ImFont* font, ImU32 color);
// Wrapped at the content region's width.
void paragraph(Ui& ui, std::string_view text, ImFont* font, ImU32 color);
// Of the last item; not where it was just clicked.
void tooltip(Ui& ui, std::string_view text);
// Whether the pointer is still where the left button was pressed last.
bool was_just_clicked(Ui& ui);
// "Ctrl+O" as caps with plus signs between.
void key_caps(Ui& ui, std::string_view keys);

// Puts the next item, `width` wide, beside the last one if there is room, else on a new row.
void flow(Ui& ui, float width);
float row_height(const Ui& ui);  // of all controls
float button_width(const Ui& ui, std::string_view label, Icon icon = Icon::kNone);
float combo_width(const Ui& ui, std::span<const char* const> labels);
float menu_width(const Ui& ui, const char* label);
float field_width(const Ui& ui, std::string_view label, float box = 0.0f);
float pair_width(const Ui& ui, std::string_view label, Yx value = {});
float segmented_width(const Ui& ui, std::span<const char* const> labels);
float label_width(const Ui& ui, std::string_view text);

// `text` as it is, or cut with … to be no wider than `width`.
std::string elided(const ImFont* font, std::string_view text, float width);
// The lines of a text, broken at spaces, but not within a number ("1 234"), and within a word only
// where it is wider than `width`. ImGui's own breaks numbers at their decimal point.
std::vector<std::string_view> wrapped_lines(const ImFont* font, float width, std::string_view text);

}  // namespace convscope::ui
