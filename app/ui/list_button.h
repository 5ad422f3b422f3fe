#pragma once

#include <span>
#include <string_view>

#include "app/ui/names.h"
#include "app/ui/ui.h"

// Buttons that open a list.
namespace convscope::ui {

// Chooses one of `labels`; registers the items "name/0" ... while it is open. Returns true when
// `selected` changed, or the same was chosen again with `again` true.
bool combo(Ui& ui, const char* name, std::span<const char* const> labels, int& selected,
           bool again = false, const char* shown = nullptr);
// A list of things to do, or of choices of which `marked` is the present one; registers "name/0"
// ... while it is open. True in the frame in which one was chosen.
bool menu(Ui& ui, const char* name, const char* label, std::span<const char* const> items,
          int& chosen, int marked = -1);

// A list of things to do without a button of its own: it opens at ImGui's last item in the frame in
// which `open` is set, `width` pixels wide at least. Registers and returns as menu does.
bool list_popup(Ui& ui, const char* name, bool open, std::span<const char* const> items,
                int& chosen, float width = 0.0f);

// An entry of a list, which the arrows go through. `label` stands in it as it is. A click or Enter
// closes the popup that it is in, if `closes`. Returns whether it was chosen.
bool list_entry(Ui& ui, const char* name, std::string_view label, bool selected,
                bool closes = true);

// Returns the id by which the keyboard reaches that entry.
ImGuiID list_entry_id(const char* name);

float combo_width(const Ui& ui, std::span<const char* const> labels);
float menu_width(const Ui& ui, const char* label);

}  // namespace convscope::ui
