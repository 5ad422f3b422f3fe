#pragma once

#include <cstddef>

#include "app/program/names.h"
#include "app/program/view/view_actions.h"
#include "app/scene/scene.h"

namespace convscope::program {

// The planes of a layer's tensors that all panels show.
struct ShownPlanes {
  Index sample = 0;         // picture of the stack
  Index input = 0;          // channel of the input
  Index output = 0;         // channel of the output
  Index filter = 0;         // the kernel is weight.plane(filter, slice)
  Index slice = 0;          //
  bool in_colours = false;  // all three channels of an RGB input at once
  friend bool operator==(const ShownPlanes&, const ShownPlanes&) = default;
};

// What is shown of the scene's layer number `layer` where `wanted` was asked for.
ShownPlanes shown_planes(const Scene& scene, std::size_t layer, const ShowPlanes& wanted);

}  // namespace convscope::program
