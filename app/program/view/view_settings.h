#pragma once

#include <map>
#include <string>

#include "app/program/names.h"
#include "app/program/view/view_actions.h"
#include "app/ui/number_format.h"
#include "app/ui/range.h"

namespace convscope::program {

// The settings of the window. They are not part of the scene.
struct ViewSettings {
  bool dark = false;
  float font_scale = 1.0f;
  ui::MapChoice colors = ui::MapChoice::kAuto;
  SignChoice signs = SignChoice::kByMeaning;
  Page page = Page::kKernel;
  // The ranges of colour bars by the names of their views. A view that is missing has the automatic
  // range.
  std::map<std::string, ui::RangeChoice> ranges = {};
  ui::NumberStyle numbers = {};
  ShowPlanes planes = {};       // the requested planes; shown_planes() brings them into range
  bool reduced_motion = false;  // whether changes appear at once instead of being animated
  bool full_screen = false;
  bool help = false;         // whether the list of keys is open
  bool kernel_info = false;  // whether "About this kernel" is shown instead of the learning
};

}  // namespace convscope::program
