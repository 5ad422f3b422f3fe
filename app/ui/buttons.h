#pragma once

#include <span>
#include <string_view>

#include "app/ui/icons.h"
#include "app/ui/names.h"
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
  float width = 0.0f;  // in pixels; 0 fits the label
};

// Returns whether it was clicked in this frame. An empty label with an icon gives a square button.
bool button(Ui& ui, const char* name, std::string_view label, const ButtonOptions& options = {});
// Draws a button filled with the accent colour while `on`. Returns whether it was clicked; `on` has
// changed then.
bool toggle_button(Ui& ui, const char* name, std::string_view label, bool& on,
                   const ButtonOptions& options = {});
bool checkbox(Ui& ui, const char* name, std::string_view label, bool& on);
// Offers one of several labels, side by side. Returns whether `selected` changed. Registers
// "name/0" ...
bool segmented(Ui& ui, const char* name, std::span<const char* const> labels, int& selected);

float button_width(const Ui& ui, std::string_view label, Icon icon = Icon::kNone);
float segmented_width(const Ui& ui, std::span<const char* const> labels);

}  // namespace convscope::ui
