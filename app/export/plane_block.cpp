#include "app/export/plane_block.h"

#include <algorithm>
#include <array>
#include <utility>

#include "app/export/plane_colors.h"
#include "app/look/grid_boxes.h"
#include "app/look/skipped_cells.h"
#include "engine/core/error.h"
#include "engine/core/plane_text.h"
#include "engine/ops/cell_links.h"

namespace convscope::exports {
namespace {

Index within_count(Index index, Index count) {
  return std::clamp<Index>(index, 0, count - 1);
}

std::string subtitle(const char* symbol, const Shape& shape) {
  return std::string(symbol) + " · " + plane_text(shape);
}

const LayerResults& require_output(const Source& source) {
  const LayerResults& layer = source.layer_results();
  if (!layer.output) throw Error("there is no output: " + layer.output_error);
  return layer;
}

CellGrid linked_output(const Source& source) {
  return {source.cell.value_or(Yx{}), {1, 1}, {1, 1}};
}

}  // namespace

Palette palette_of(const Source& source) {
  return source.dark ? dark_palette() : light_palette();
}

HeatmapStyle kernel_style(const Source& source, const Tensor& plane) {
  return style_for(plane, 0, source.dark, MapChoice::kDiverging);
}

HeatmapBlock plane_of(const Source& source, const std::shared_ptr<const Tensor>& tensor,
                      Index channel) {
  HeatmapBlock block;
  block.tensor = tensor;
  block.sample = within_count(source.sample, tensor->shape().n);
  block.channel = within_count(channel, tensor->shape().c);
  return block;
}

void color_as(const Source& source, const char* view, CardMeaning meaning, HeatmapBlock& block) {
  const PlaneValues values{*block.tensor, block.sample, block.channel};
  block.style = view_style(source, view, values, meaning);
  block.data = range_of(values);
}

void add_outlines(const Source& source, const CellGrid& grid, HeatmapBlock& block) {
  const Color linked = palette_of(source).linked;
  for (const CellBox& box : boxes_of(grid))
    block.outlines.push_back({box.y, box.x, box.h, box.w, linked});
}

// It is a tensor of its own, beside which its weight's other planes don't count.
HeatmapBlock kernel_plane(const Source& source, const Tensor& weight, const char* symbol) {
  HeatmapBlock block;
  block.tensor = std::make_shared<const Tensor>(weight_plane(weight, source.filter, source.slice));
  const Shape& s = block.tensor->shape();
  block.subtitle = std::string(symbol) + " · " + size_text({s.h, s.w});
  block.style = kernel_style(source, *block.tensor);
  block.data = finite_range(block.tensor->values());
  block.group = HeatmapBlock::Group::kKernels;
  return block;
}

HeatmapBlock input_block(const Source& source) {
  const LayerResults& layer = source.layer_results();
  if (!layer.input) throw Error("there is no input of this layer: " + layer.output_error);
  HeatmapBlock block = plane_of(source, layer.input.shared(), source.input_channel);
  const Shape& shape = layer.input->shape();
  block.title = "Input";
  const InputScene& input = source.results->scene.input;
  block.subtitle = subtitle(source.layer == 0 && input.transposed ? "Xᵀ" : "X", shape);
  color_as(source, "input", input_meaning(source.results->scene, source.signs, source.layer),
           block);
  block.style.rgb = source.layer == 0 && source.in_colours && shape.c == 3;
  const Shape& k = layer.weight.shape();
  if (!layer.options.transposed && !layer.weight.empty()) {
    block.ring = layer.options.padding;
    block.ring_mode = layer.options.padding_mode;
    block.hatched = skipped_cells(shape, {k.h, k.w}, layer.options);
  }
  if (source.cell && layer.output)
    add_outlines(source, receptive_field(*source.cell, {k.h, k.w}, layer.options, shape), block);
  return block;
}

HeatmapBlock kernel_block(const Source& source) {
  HeatmapBlock block = kernel_plane(source, source.shown_layer().kernel.weight, "W");
  block.title = "Kernel";
  return block;
}

HeatmapBlock stage_block(const Source& source, StagePart part) {
  return stage_block(source, part, source.channel);
}

HeatmapBlock stage_block(const Source& source, StagePart part, Index channel) {
  constexpr std::array kTitles = {"Output", "After ReLU", "Pooled"};
  const LayerResults& layer = require_output(source);
  if (part == StagePart::kPooled && !layer.pooled)
    throw Error(layer.pooled_error.empty() ? "this layer has no pooling"
                                           : "nothing is pooled: " + layer.pooled_error);
  const bool pooled = part == StagePart::kPooled;
  const TensorPtr values = pooled                          ? pooled_values(layer)
                           : part == StagePart::kActivated ? layer.activated
                                                           : layer.output;
  HeatmapBlock block = plane_of(source, values.shared(), channel);
  block.title = kTitles[static_cast<std::size_t>(part)];
  block.subtitle = subtitle(pooled ? "P" : "Y", values->shape());
  const PlaneValues own{*values, block.sample, block.channel};
  // Pooled values have the output's colours, so that equal colours mean equal values.
  const PlaneValues coloured =
      pooled && source.layer == 0 ? PlaneValues{*layer.output, block.sample, block.channel} : own;
  const LayerStage stage{source.layer, pooled && source.layer == 0 ? StagePart::kOutput : part};
  block.style = view_style(source, "output", coloured,
                           stage_meaning(source.results->scene, source.signs, stage));
  block.data = range_of(own);
  if (!source.cell) return block;
  const CellGrid linked =
      pooled ? pooled_cells_of(*source.cell, layer.pool, values->shape()) : linked_output(source);
  add_outlines(source, linked, block);
  return block;
}

const TrainingSnapshot& require_training(const Source& source) {
  if (!source.training) throw Error("nothing is learned yet");
  if (source.training->weight.empty())
    throw Error("there is nothing to learn: " + source.training->message);
  return *source.training;
}

HeatmapBlock error_block(const Source& source) {
  const TrainingSnapshot& training = require_training(source);
  HeatmapBlock block = plane_of(source, training.error.shared(), source.channel);
  block.title = "Error";
  block.subtitle = subtitle("Ŷ − T", training.error->shape());
  color_as(source, "error", CardMeaning::kSigned, block);
  return block;
}

HeatmapBlock target_block(const Source& source) {
  const TrainingSnapshot& training = require_training(source);
  HeatmapBlock block = plane_of(source, training.target.shared(), source.channel);
  block.title = "Target";
  block.subtitle = subtitle("T", training.target->shape());
  color_as(source, "target", target_meaning(source.results->scene, source.signs), block);
  return block;
}

HeatmapBlock weight_block(const Source& source) {
  HeatmapBlock block = kernel_plane(source, require_training(source).weight, "Ŵ");
  block.title = "Learned";
  return block;
}

HeatmapBlock gradient_block(const Source& source) {
  HeatmapBlock block = kernel_plane(source, require_training(source).gradient, "∂L/∂Ŵ");
  block.title = "Gradient";
  return block;
}

}  // namespace convscope::exports
