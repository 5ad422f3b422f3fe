#pragma once

#include <gtest/gtest.h>

#include <optional>

#include "tests/app/layers_fixture.h"

namespace convscope::program {

// Returns the control that shows the focus; 0 for none.
inline ImGuiID focused(const AppHarness& h) {
  const std::optional<ui::FocusStop> stop = h.app().surface().focus().shown_stop();
  return stop ? stop->id : 0;
}

inline void press(AppHarness& h, ui::Key key, bool shift = false) {
  h.key(key, false, shift);
  h.frame();
}

}  // namespace convscope::program
