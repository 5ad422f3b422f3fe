#pragma once

// The rooms whose names the tests of pictures use as their own.
namespace convscope::engine {}
namespace convscope::files {}
namespace convscope::program {}
namespace convscope::scene {}
namespace convscope::session {}

namespace convscope::testing {
using namespace engine;
using namespace files;
using namespace program;
using namespace scene;
using namespace session;
}  // namespace convscope::testing
