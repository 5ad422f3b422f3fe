#pragma once

// The rooms whose names this room uses as its own.
namespace convscope::engine {}
namespace convscope::scene {}
namespace convscope::files {}
namespace convscope::session {}

namespace convscope::link {
using namespace engine;
using namespace scene;
using namespace files;
using namespace session;
}  // namespace convscope::link
