#pragma once

#include "app/scene/names.h"

namespace convscope::scene {

// The window's pages: a close look at one kernel, or the layers of a network.
enum class Page { kKernel, kLayers };

}  // namespace convscope::scene
