#pragma once

#include <cstddef>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"

namespace convscope::panels {

// The entries of the bar from left to right; those from kFlip on are at its right end.
enum class BarEntry {
  kPages,
  kOpen,
  kLesson,  // only while one is open
  kUndo,
  kRedo,
  kSave,
  kFlip,
  kColors,
  kSmaller,
  kLarger,
  kTheme,
  kLecture,
  kHelp,
};
inline constexpr std::size_t kBarEntries = 13;

// Returns the width of an entry in the bar, which may differ from its width in the menu.
float bar_entry_width(BarEntry entry, const PanelContext& context);
// Draws an entry at ImGui's cursor, in the bar or in its menu, and enqueues its action when it is
// used. Returns whether the menu should close, because a button was pressed or a file chosen.
bool draw_bar_entry(BarEntry entry, const PanelContext& context, bool in_menu);

}  // namespace convscope::panels
