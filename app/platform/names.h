#pragma once

// The rooms whose names this room uses as its own; those of ui, gl and platform keep theirs.
namespace convscope::engine {}
namespace convscope::files {}

namespace convscope::platform {
using namespace engine;
using namespace files;
}  // namespace convscope::platform
