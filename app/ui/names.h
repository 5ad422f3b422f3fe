#pragma once

// The rooms whose names this room uses as its own; those of look are thereby ui's too. The names of
// gl and platform keep theirs.
namespace convscope::engine {}
namespace convscope::look {}

namespace convscope::ui {
using namespace engine;
using namespace look;
}  // namespace convscope::ui
