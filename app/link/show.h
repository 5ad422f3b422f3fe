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

// The most values of a weight that is sent: edits of a scene copy its weights.
inline constexpr Index kMaxSentWeights = Index{1} << 24;

// Returns the edit that shows in the scene what a client gives; all else stays as it is. Throws
// Error, with one sentence, where the arrays and options don't fit together or to the scene. The
// sentence tells no shape that a question keeps back.
Edit edit_of(const Scene& scene, const Show& show, const KeptBack& kept_back = {});

// Returns whether such an edit of the scene changes it. A large array counts as changed.
bool changes(const Scene& scene, const Edit& edit);

// Throws Error unless a scene of `count` layers has the one with this index from 0.
void require_layer(std::size_t layer, std::size_t count);

// Writes what a client gives, "input [1, 1, 6, 8] and stride from Python", with the number of a
// later layer as the window counts, from 1.
std::string shown_text(const Show& show);

// Returns the answer to a "show" of this layer whose results these are: the shapes of the layer,
// but for those that a question keeps back, or the error where there is no output.
Message shown_message(const State& state, std::size_t layer);

}  // namespace convscope::link
