#pragma once

// The rooms whose names this room uses as its own.
namespace convscope::engine {}
namespace convscope::scene {}
namespace convscope::look {}
namespace convscope::files {}
namespace convscope::session {}

namespace convscope::exports {
using namespace engine;
using namespace scene;
using namespace look;
using namespace files;
using namespace session;
}  // namespace convscope::exports
