#pragma once

#include <string>

#include "app/program/names.h"
#include "app/session/stage_view.h"

namespace convscope::program {

// The sizes and costs of a stage of the layers, as formulas.
struct LayerFacts {
  std::string shapes;         // "[32, 3, 128, 128] → [32, 7, 124, 124]"
  std::string parameters;     // "7·3·5·5 + 7 = 532"
  std::string multiply_adds;  // "32·7·124·124 · 3·5·5 = 258 309 …"; only of a convolution
  std::string linear;         // parameters of a fully-connected layer between the same planes
  std::string chain;          // parameters of all layers up to here; empty for the first layer
};

// Returns the facts about the view's stage, which must have an output.
LayerFacts layer_facts(const StageView& view);

}  // namespace convscope::program
