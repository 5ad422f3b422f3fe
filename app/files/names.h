#pragma once

// The rooms whose names this room uses as its own; those of ui, gl and platform keep theirs.
namespace convscope::engine {}
namespace convscope::scene {}

namespace convscope::files {
using namespace engine;
using namespace scene;
}  // namespace convscope::files
