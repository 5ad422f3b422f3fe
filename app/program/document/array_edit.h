#pragma once

#include "app/program/names.h"
#include "app/scene/edit.h"
#include "app/session/array_loader.h"

namespace convscope::program {

// Returns the edit that takes an array into the scene: as the input; as the kernel of the first
// layer, where a matrix is one kernel for every channel, and more axes are the filters of a layer;
// or as the target of the learning. Throws Error, with the shape and what would be accepted, where
// it is too large for that.
Edit array_edit(const Scene& scene, LoadedArray array);

// Returns why an array of this shape can't become that, as array_edit() says it; empty where it
// can.
std::string why_no_array_edit(const Shape& shape, ArrayUse use);

}  // namespace convscope::program
