#pragma once

// The rooms whose names this room uses as its own; those of ui, gl and platform keep theirs.
namespace convscope::engine {}
namespace convscope::scene {}
namespace convscope::files {}

namespace convscope::session {
using namespace engine;
using namespace scene;
using namespace files;
}  // namespace convscope::session
