#pragma once

#include <cstddef>

#include "app/look/names.h"
#include "app/scene/scene.h"
#include "app/scene/stage.h"

namespace convscope::look {

// What the values of a card mean. It depends on what the card shows and not on its current values.
// The automatic colours follow it, so that zero keeps its colour while values change.
enum class CardMeaning {
  kAmounts,  // from zero up
  kSigned,   // numbers on both sides of zero
  kPicture,  // a photograph, or what a blur leaves of it
  kEdges,    // signed, of a photograph: a few strong edges, and much that is weak
};

// Returns what the input of the scene means, or the input of a later layer. Here and below, `signs`
// is what the user chose for all cards.
CardMeaning input_meaning(const Scene& scene, SignChoice signs, std::size_t layer = 0);
// Returns what the values of a stage mean.
CardMeaning stage_meaning(const Scene& scene, SignChoice signs, LayerStage stage);
// Returns what the learning target means: the same as the output unless it is a picture from a
// file.
CardMeaning target_meaning(const Scene& scene, SignChoice signs);

inline bool is_signed(CardMeaning meaning) {
  return meaning == CardMeaning::kSigned || meaning == CardMeaning::kEdges;
}

}  // namespace convscope::look
