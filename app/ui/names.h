#pragma once

// The rooms whose names this room uses as its own; those of ui, gl and platform keep theirs.
namespace convscope::engine {}

namespace convscope::ui {
using namespace engine;
}  // namespace convscope::ui
