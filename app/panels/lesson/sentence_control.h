#pragma once

#include <imgui.h>

#include <string>

#include "app/lesson/control.h"
#include "app/panels/names.h"
#include "app/panels/parts/context.h"

namespace convscope::panels {

// A control that stands in a sentence.
struct SentenceControl {
  const lesson::Control& control;
  std::string name;  // of the item, unique in the step: "lesson/control/0"
  std::string text;  // what it shows
  ImVec2 min, max;   // on the screen
  ImFont* font;
};

// Draws a number that is dragged, turned by the wheel or typed, or a choice that a click changes,
// and enqueues the edit. Where the scene has nothing to drive, it shows its text alone.
void draw_sentence_control(const PanelContext& context, const SentenceControl& at);

}  // namespace convscope::panels
