#pragma once

#include <string>

#include "app/program/names.h"
#include "app/session/stage_view.h"

namespace convscope::program {

// What a stage of the layers costs, as arithmetic.
struct LayerFacts {
  std::string shapes;         // "[32, 3, 128, 128] → [32, 7, 124, 124]"
  std::string parameters;     // "7·3·5·5 + 7 = 532"
  std::string multiply_adds;  // "32·7·124·124 · 3·5·5 = 258 309 …"
  std::string linear;         // the fully-connected layer that maps the same planes
  std::string chain;          // parameters up to this stage; empty for the first layer
};

// For a stage that gives something.
LayerFacts layer_facts(const StageView& view);

}  // namespace convscope::program
