#pragma once

#include <cstddef>

#include "app/program/names.h"
#include "app/program/view/view_settings.h"
#include "app/scene/scene.h"
#include "app/scene/stage.h"

namespace convscope::program {

// What the values of a card mean, by what the card shows and not by the values of the moment: its
// automatic colours follow it, so that zero keeps its colour while values change.
enum class CardMeaning {
  kAmounts,  // from zero up
  kSigned,   // numbers on both sides of zero
  kPicture,  // a photograph, or what a blur leaves of it
  kEdges,    // signed, of a photograph: a few strong edges, and much that is weak
};

// Of the scene's input, and of what comes into a later layer.
CardMeaning input_meaning(const Scene& scene, const ViewSettings& settings, std::size_t layer = 0);
// Of what a stage gives.
CardMeaning stage_meaning(const Scene& scene, const ViewSettings& settings, LayerStage stage);
inline CardMeaning output_meaning(const Scene& scene, const ViewSettings& settings) {
  return stage_meaning(scene, settings, {0, StagePart::kOutput});
}
// Of the learning's target, which is like the output unless it is a picture from a file.
CardMeaning target_meaning(const Scene& scene, const ViewSettings& settings);

inline bool is_signed(CardMeaning meaning) {
  return meaning == CardMeaning::kSigned || meaning == CardMeaning::kEdges;
}

}  // namespace convscope::program
