#pragma once

// The rooms whose names this room uses as its own; those of ui, gl and platform keep theirs.
namespace convscope::engine {}
namespace convscope::scene {}
namespace convscope::files {}
namespace convscope::session {}

namespace convscope::lesson {
using namespace engine;
using namespace scene;
using namespace files;
using namespace session;
}  // namespace convscope::lesson
