#pragma once

#include <cstddef>

#include "app/look/card_meaning.h"
#include "app/program/names.h"
#include "app/program/view/view_settings.h"

// What the values of the window's cards mean, as its settings choose.
namespace convscope::program {

using look::CardMeaning;
using look::is_signed;

inline CardMeaning input_meaning(const Scene& scene, const ViewSettings& settings,
                                 std::size_t layer = 0) {
  return look::input_meaning(scene, settings.signs, layer);
}
inline CardMeaning stage_meaning(const Scene& scene, const ViewSettings& settings,
                                 LayerStage stage) {
  return look::stage_meaning(scene, settings.signs, stage);
}
inline CardMeaning output_meaning(const Scene& scene, const ViewSettings& settings) {
  return stage_meaning(scene, settings, {0, StagePart::kOutput});
}
inline CardMeaning target_meaning(const Scene& scene, const ViewSettings& settings) {
  return look::target_meaning(scene, settings.signs);
}

}  // namespace convscope::program
