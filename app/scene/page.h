#pragma once

namespace convscope {

// The window's pages: one kernel seen close, or the layers of a network.
enum class Page { kKernel, kLayers };

}  // namespace convscope
