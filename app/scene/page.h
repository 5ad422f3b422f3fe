#pragma once

namespace convscope {

// The window's pages: a close look at one kernel, or the layers of a network.
enum class Page { kKernel, kLayers };

}  // namespace convscope
