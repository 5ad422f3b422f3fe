#include "app/export/panel_figure.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "app/export/backward_figure.h"
#include "app/export/chain_figure.h"
#include "app/export/directions_figure.h"
#include "app/export/explanation_figure.h"
#include "app/export/gradient_block.h"
#include "app/export/kernel_figures.h"
#include "app/export/landscape_figure.h"
#include "app/export/loss_chart.h"
#include "app/export/momentum_figure.h"
#include "app/export/plane_block.h"
#include "app/export/row_figure.h"
#include "engine/core/error.h"
#include "engine/core/plane_text.h"

namespace convscope::exports {
namespace {

constexpr auto kNames = std::to_array<std::string_view>({"input",
                                                         "kernel",
                                                         "output",
                                                         "activated",
                                                         "pooled",
                                                         "error",
                                                         "target",
                                                         "weights",
                                                         "gradient",
                                                         "loss",
                                                         "row",
                                                         "maps",
                                                         "explanation",
                                                         "pooled-gradient",
                                                         "output-gradient",
                                                         "kernel-gradient",
                                                         "input-gradient",
                                                         "backward",
                                                         "landscape",
                                                         "momentum-map",
                                                         "directions",
                                                         "frequency",
                                                         "separable",
                                                         "matrix-row",
                                                         "chain"});

Figure alone(Block block) {
  Figure figure;
  figure.blocks.push_back(std::move(block));
  return figure;
}

constexpr Index kMostMaps = 256;

// The last stage of the layer, all its channels, in about as many rows as columns.
Figure maps_figure(const Source& source) {
  const LayerResults& layer = source.layer_results();
  const StagePart part = layer.pooled && is_pooling(source.shown_layer().pool) ? StagePart::kPooled
                         : source.shown_layer().relu ? StagePart::kActivated
                                                     : StagePart::kOutput;
  HeatmapBlock first = stage_block(source, part, 0);
  const Index maps = first.tensor->shape().c;
  if (maps > kMostMaps)
    throw Error("the layer gives " + std::to_string(maps) + " maps; a figure shows at most " +
                std::to_string(kMostMaps));
  Figure figure;
  figure.columns = static_cast<Index>(std::ceil(std::sqrt(static_cast<double>(maps))));
  for (Index map = 0; map < maps; ++map) {
    HeatmapBlock block = stage_block(source, part, map);
    block.title = (part == StagePart::kPooled ? "P[" : "Y[") + std::to_string(map) + "]";
    block.subtitle = "";
    figure.blocks.push_back(std::move(block));
  }
  return figure;
}

HeatmapBlock single_block(Panel panel, const Source& source) {
  switch (panel) {
    case Panel::kInput:
      return input_block(source);
    case Panel::kKernel:
      return kernel_block(source);
    case Panel::kOutput:
      return stage_block(source, StagePart::kOutput);
    case Panel::kActivated:
      return stage_block(source, StagePart::kActivated);
    case Panel::kPooled:
      return stage_block(source, StagePart::kPooled);
    case Panel::kError:
      return error_block(source);
    case Panel::kTarget:
      return target_block(source);
    case Panel::kWeights:
      return weight_block(source);
    case Panel::kGradient:
      return gradient_block(source);
    case Panel::kPooledGradient:
      return pooled_gradient_block(source);
    case Panel::kOutputGradient:
      return output_gradient_block(source);
    case Panel::kKernelGradient:
      return kernel_gradient_block(source);
    case Panel::kInputGradient:
      return input_gradient_block(source);
    default:
      break;
  }
  throw Error("the figure \"" + std::string(panel_names()[static_cast<std::size_t>(panel)]) +
              "\" has no tensor of its own; name a panel of one tensor, such as output");
}

void require_cell(const Source& source) {
  if (!source.cell || !source.layer_results().output) return;
  const Shape& s = source.layer_results().output->shape();
  const Yx at = *source.cell;
  if (at.y >= 0 && at.x >= 0 && at.y < s.h && at.x < s.w) return;
  throw Error("the output has no cell " + std::to_string(at.y) + "," + std::to_string(at.x) +
              "; its rows are 0 to " + std::to_string(s.h - 1) + " and its columns 0 to " +
              std::to_string(s.w - 1));
}

}  // namespace

std::span<const std::string_view> panel_names() {
  return kNames;
}

bool learns(Panel panel) {
  constexpr std::array kLearning = {Panel::kError,       Panel::kTarget,    Panel::kWeights,
                                    Panel::kGradient,    Panel::kLoss,      Panel::kLandscape,
                                    Panel::kMomentumMap, Panel::kDirections};
  return std::ranges::find(kLearning, panel) != kLearning.end();
}

bool goes_backward(Panel panel) {
  return panel >= Panel::kPooledGradient && panel <= Panel::kBackward;
}

Figure panel_figure(Panel panel, const Source& source) {
  require_cell(source);
  switch (panel) {
    case Panel::kLoss:
      return alone(loss_chart(source));
    case Panel::kRow:
      return row_figure(source);
    case Panel::kMaps:
      return maps_figure(source);
    case Panel::kExplanation:
      return explanation_figure(source);
    case Panel::kBackward:
      return backward_figure(source);
    case Panel::kLandscape:
      return landscape_figure(source);
    case Panel::kMomentumMap:
      return momentum_figure(source);
    case Panel::kDirections:
      return directions_figure(source);
    case Panel::kFrequency:
      return frequency_figure(source);
    case Panel::kSeparable:
      return separable_figure(source);
    case Panel::kMatrixRow:
      return matrix_row_figure(source);
    case Panel::kChain:
      return chain_figure(source);
    default:
      return alone(single_block(panel, source));
  }
}

std::shared_ptr<const Tensor> panel_tensor(Panel panel, const Source& source) {
  if (panel == Panel::kKernel)
    return std::make_shared<const Tensor>(source.shown_layer().kernel.weight);
  if (panel == Panel::kWeights)
    return std::make_shared<const Tensor>(require_training(source).weight);
  if (panel == Panel::kGradient)
    return std::make_shared<const Tensor>(require_training(source).gradient);
  if (panel == Panel::kKernelGradient)
    return std::make_shared<const Tensor>(require_gradients(source).kernel);
  // The share of the padding's cells is no gradient of the tensor's.
  if (panel == Panel::kInputGradient) return require_gradients(source).input.shared();
  if (panel == Panel::kMaps)
    return std::get<HeatmapBlock>(maps_figure(source).blocks.front()).tensor;
  return single_block(panel, source).tensor;
}

Tensor panel_plane(Panel panel, const Source& source) {
  HeatmapBlock block = single_block(panel, source);
  if (panel == Panel::kInputGradient) block.tensor = panel_tensor(panel, source);
  const Shape& s = block.tensor->shape();
  return {Shape{1, 1, s.h, s.w}, block.tensor->plane(block.sample, block.channel)};
}

}  // namespace convscope::exports
