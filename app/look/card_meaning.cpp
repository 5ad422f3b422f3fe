#include "app/look/card_meaning.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace convscope::look {
namespace {

// The kernels whose output is the same picture again, blurred or sharpened.
constexpr std::array<std::string_view, 4> kPictureKernels = {"identity", "box", "gaussian",
                                                             "sharpen"};

// What the user chose for all cards goes first.
CardMeaning chosen(CardMeaning meaning, SignChoice signs) {
  switch (signs) {
    case SignChoice::kSigned:
      return meaning == CardMeaning::kEdges ? meaning : CardMeaning::kSigned;
    case SignChoice::kUnsigned:
      return meaning == CardMeaning::kPicture ? meaning : CardMeaning::kAmounts;
    case SignChoice::kByMeaning:
      break;
  }
  return meaning;
}

CardMeaning of_input(const Scene& scene) {
  switch (scene.input.meaning) {
    case InputMeaning::kPhotograph:
      return CardMeaning::kPicture;
    case InputMeaning::kSigned:
      return CardMeaning::kSigned;
    case InputMeaning::kAmounts:
      break;
  }
  return CardMeaning::kAmounts;
}

bool keeps_picture(const KernelScene& kernel) {
  return std::ranges::find(kPictureKernels, kernel.preset) != kPictureKernels.end();
}

CardMeaning of_stage(const Scene& scene, LayerStage stage) {
  const ConvolutionLayer& layer = convolution(scene.layers[stage.layer]);
  const bool photograph = scene.input.meaning == InputMeaning::kPhotograph;
  if (photograph && stage.layer == 0 && keeps_picture(layer.kernel)) return CardMeaning::kPicture;
  if (stage.part != StagePart::kOutput && layer.relu) return CardMeaning::kAmounts;
  return photograph ? CardMeaning::kEdges : CardMeaning::kSigned;
}

// What a layer gives in the end.
LayerStage last_stage(const Scene& scene, std::size_t layer) {
  const ConvolutionLayer& of = convolution(scene.layers[layer]);
  return {layer, of.pooled ? StagePart::kPooled
                 : of.relu ? StagePart::kActivated
                           : StagePart::kOutput};
}

}  // namespace

CardMeaning input_meaning(const Scene& scene, SignChoice signs, std::size_t layer) {
  const CardMeaning meaning =
      layer == 0 ? of_input(scene) : of_stage(scene, last_stage(scene, layer - 1));
  return chosen(meaning, signs);
}

CardMeaning stage_meaning(const Scene& scene, SignChoice signs, LayerStage stage) {
  return chosen(of_stage(scene, stage), signs);
}

CardMeaning target_meaning(const Scene& scene, SignChoice signs) {
  const LearningScene& learning = scene.learning;
  const bool from_file =
      learning.target == LearningTarget::kPicture && learning.picture_name != "drawn";
  return from_file ? chosen(CardMeaning::kPicture, signs)
                   : stage_meaning(scene, signs, {0, StagePart::kOutput});
}

}  // namespace convscope::look
