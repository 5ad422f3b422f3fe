#pragma once

// The rooms whose names the benchmarks use as their own.
namespace convscope::engine {}
namespace convscope::files {}
namespace convscope::program {}
namespace convscope::scene {}
namespace convscope::session {}

namespace convscope::bench {
using namespace engine;
using namespace files;
using namespace program;
using namespace scene;
using namespace session;
}  // namespace convscope::bench
