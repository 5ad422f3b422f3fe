#pragma once

// The rooms whose names this room uses as its own.
namespace convscope::engine {}
namespace convscope::scene {}

namespace convscope::look {
using namespace engine;
using namespace scene;
}  // namespace convscope::look
