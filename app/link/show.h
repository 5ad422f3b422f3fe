#pragma once

#include <cstddef>
#include <string>

#include "app/link/message.h"
#include "app/link/names.h"
#include "app/link/request.h"
#include "app/link/state.h"
#include "app/scene/edit.h"
#include "app/scene/scene.h"

// What a "show" does to a scene.
namespace convscope::link {

// Returns the edit that shows in the scene what a client gives; all else stays as it is. Throws
// Error, with one sentence, where the arrays and options don't fit together or to the scene.
Edit edit_of(const Scene& scene, const Show& show);

// Throws Error unless a scene of `count` layers has the one with this index from 0.
void require_layer(std::size_t layer, std::size_t count);

// Writes what a client gives, "input [1, 1, 6, 8] and stride from Python", with the number of a
// later layer as the window counts, from 1.
std::string shown_text(const Show& show);

// Returns the answer to a "show" of this layer whose results these are: the shapes of the layer, or
// the error where there is no output.
Message shown_message(const State& state, std::size_t layer);

}  // namespace convscope::link
