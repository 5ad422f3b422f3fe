#pragma once

#include <cstddef>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"

namespace convscope::panels {

// The entries of the bar from left to right; those from kFlip on are at its right end.
enum class BarEntry {
  kPages,
  kOpen,
  kUndo,
  kRedo,
  kSave,
  kFlip,
  kColors,
  kSmaller,
  kLarger,
  kDark,
  kHelp,
};
inline constexpr std::size_t kBarEntries = 11;

// In the bar, not in its menu.
float bar_entry_width(BarEntry entry, const PanelContext& context);
// Draws it where ImGui's cursor is, in the bar or in its menu, and enqueues what it does. True
// where a button was pressed.
bool draw_bar_entry(BarEntry entry, const PanelContext& context, bool in_menu);

}  // namespace convscope::panels
