#pragma once

#include <cstddef>

#include "app/program/names.h"
#include "app/program/view/view_actions.h"
#include "app/scene/scene.h"

namespace convscope::program {

// The planes of a layer's tensors that all panels show, as valid indices.
struct ShownPlanes {
  Index sample = 0;         // the picture of the stack
  Index input = 0;          // the channel of the input
  Index output = 0;         // the channel of the output
  Index filter = 0;         // the first index of the kernel's plane, weight.plane(filter, slice)
  Index slice = 0;          // the second index of the kernel's plane
  bool in_colours = false;  // whether an RGB input shows all three channels at once
  friend bool operator==(const ShownPlanes&, const ShownPlanes&) = default;
};

// Returns the planes to show of the scene's layer number `layer` if `wanted` was requested.
// Requested indices that don't exist are replaced by the nearest ones that do.
ShownPlanes shown_planes(const Scene& scene, std::size_t layer, const ShowPlanes& wanted);

}  // namespace convscope::program
