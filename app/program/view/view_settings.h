#pragma once

#include <map>
#include <string>

#include "app/program/names.h"
#include "app/program/view/view_actions.h"
#include "app/ui/number_format.h"
#include "app/ui/range.h"

namespace convscope::program {

// How the window shows things; no part of the scene.
struct ViewSettings {
  bool dark = false;
  float font_scale = 1.0f;
  ui::MapChoice colors = ui::MapChoice::kAuto;
  Page page = Page::kKernel;
  std::map<std::string, ui::RangeChoice> ranges = {};  // of views by name; automatic without one
  ui::NumberStyle numbers = {};
  ShowPlanes planes = {};       // as asked for; shown_planes() brings them into range
  bool reduced_motion = false;  // changes are shown at once instead of over a moment
  bool full_screen = false;
  bool help = false;
  bool kernel_info = false;  // "About this kernel" in place of the learning
};

}  // namespace convscope::program
