#include "app/export/chain_figure.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "app/export/plane_block.h"
#include "app/export/row_figure.h"
#include "app/scene/layer_presets.h"
#include "app/scene/stage.h"
#include "app/session/stage_view.h"
#include "engine/core/error.h"
#include "engine/core/plane_text.h"

namespace convscope::exports {
namespace {

// "4 filters 3 × 3"
std::string filters_text(const ConvolutionLayer& layer) {
  const Shape& k = layer.kernel.weight.shape();
  std::string size = size_text({k.h, k.w});
  if (!layer.kernel.layer) return size;
  const Index filters = filter_count(layer.kernel, layer.conv);
  return std::to_string(filters) + (filters == 1 ? " filter " : " filters ") + size;
}

// What leads to a stage.
SignBlock arrow_to(const ConvolutionLayer& layer, StagePart part) {
  constexpr const char* kArrow = "→";
  if (part == StagePart::kActivated) return {kArrow, "max(Y, 0)"};
  if (part == StagePart::kPooled) {
    ConvolutionLayer pooling = layer;
    pooling.relu = false;  // it has an arrow of its own
    return {kArrow, pool_note(pooling)};
  }
  const std::string options = stride_note(layer.conv.stride, layer.conv.dilation);
  return {kArrow, filters_text(layer) + (options.empty() ? "" : " · " + options)};
}

HeatmapBlock thumbnail(HeatmapBlock block, const std::string& title) {
  const Shape& s = block.tensor->shape();
  block.title = title;
  block.subtitle = plane_text(Shape{1, s.c, s.h, s.w});
  if (s.c > 1 && !block.style.rgb) block.subtitle += " · map " + std::to_string(block.channel);
  block.group = HeatmapBlock::Group::kThumbnails;
  block.ring = {};
  block.hatched = {};
  block.outlines = {};
  return block;
}

}  // namespace

Figure chain_figure(const Source& source) {
  constexpr std::array kNames = {"Conv ", "ReLU ", "Pool "};
  Source shown = source;
  shown.layer = 0;
  Figure figure;
  figure.blocks.emplace_back(thumbnail(input_block(shown), "Input"));
  std::size_t in_rows = 0;
  const Scene& scene = source.results->scene;
  for (const LayerStage& stage : stages_of(scene)) {
    if (stage_tensor(source.results->layers[stage.layer], stage.part) == nullptr) continue;
    if (stage.part == StagePart::kOutput && stage.layer > 0) {
      figure.rows.push_back(static_cast<Index>(figure.blocks.size() - in_rows));
      in_rows = figure.blocks.size();
    }
    shown.layer = stage.layer;
    figure.blocks.emplace_back(arrow_to(convolution(scene.layers[stage.layer]), stage.part));
    const auto part = static_cast<std::size_t>(stage.part);
    figure.blocks.emplace_back(
        thumbnail(stage_block(shown, stage.part), kNames[part] + std::to_string(stage.layer + 1)));
  }
  if (figure.blocks.size() == 1)
    throw Error("there is no output: " + source.results->layers.front().output_error);
  return figure;
}

}  // namespace convscope::exports
