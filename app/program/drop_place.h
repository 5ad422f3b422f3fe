#pragma once

#include <imgui.h>

#include <optional>

#include "app/program/names.h"
#include "app/session/open_request.h"
#include "app/ui/item_registry.h"

namespace convscope::program {

// Returns what an array that is dropped at the pointer becomes: that whose card is there; nullopt
// over any other place.
std::optional<ArrayUse> use_at_pointer(const ui::ItemRegistry& items, ImVec2 pointer);

}  // namespace convscope::program
