#pragma once

#include <span>
#include <string_view>

#include "app/ui/icons.h"
#include "app/ui/ui.h"

// Buttons and what is switched by one press. `name` is both the ImGui id and the name in the item
// registry ("kernel/flip"), and must be unique; this holds for all controls.
namespace convscope::ui {

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
bool checkbox(Ui& ui, const char* name, std::string_view label, bool& on);
// One of several, side by side; registers "name/0" ... Returns true when `selected` changed.
bool segmented(Ui& ui, const char* name, std::span<const char* const> labels, int& selected);

float button_width(const Ui& ui, std::string_view label, Icon icon = Icon::kNone);
float segmented_width(const Ui& ui, std::span<const char* const> labels);

}  // namespace convscope::ui
