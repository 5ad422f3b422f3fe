#pragma once

#include <cstddef>

#include "app/program/names.h"
#include "app/program/view/view_settings.h"
#include "app/scene/scene.h"
#include "app/scene/stage.h"

namespace convscope::program {

// What the values of a card mean. It depends on what the card shows and not on its current values.
// The automatic colours follow it, so that zero keeps its colour while values change.
enum class CardMeaning {
  kAmounts,  // from zero up
  kSigned,   // numbers on both sides of zero
  kPicture,  // a photograph, or what a blur leaves of it
  kEdges,    // signed, of a photograph: a few strong edges, and much that is weak
};

// Returns what the input of the scene means, or the input of a later layer.
CardMeaning input_meaning(const Scene& scene, const ViewSettings& settings, std::size_t layer = 0);
// Returns what the values of a stage mean.
CardMeaning stage_meaning(const Scene& scene, const ViewSettings& settings, LayerStage stage);
inline CardMeaning output_meaning(const Scene& scene, const ViewSettings& settings) {
  return stage_meaning(scene, settings, {0, StagePart::kOutput});
}
// Returns what the learning target means: the same as the output unless it is a picture from a
// file.
CardMeaning target_meaning(const Scene& scene, const ViewSettings& settings);

inline bool is_signed(CardMeaning meaning) {
  return meaning == CardMeaning::kSigned || meaning == CardMeaning::kEdges;
}

}  // namespace convscope::program
