#pragma once

// The rooms whose names this room uses without a prefix. Names of ui, gl and platform keep theirs.
namespace convscope::engine {}
namespace convscope::scene {}
namespace convscope::files {}
namespace convscope::session {}
namespace convscope::panels {}

namespace convscope::program {
using namespace engine;
using namespace scene;
using namespace files;
using namespace session;
using namespace panels;
}  // namespace convscope::program
