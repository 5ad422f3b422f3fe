#include "app/export/gradient_block.h"

#include <string>

#include "app/export/plane_block.h"
#include "app/look/gradient_strips.h"
#include "app/look/weight_name.h"
#include "engine/core/error.h"
#include "engine/core/plane_text.h"
#include "engine/ops/backward_links.h"
#include "engine/ops/padded_gradient.h"

namespace convscope::exports {
namespace {

bool of_error(const Source& source) {
  return source.backward->request.training != nullptr;
}

bool before_pooling(const Source& source) {
  return begins_at_output(source.backward->loss.source);
}

std::string weight_symbol(const Source& source) {
  return of_error(source) ? kLearnedSymbol : "W";
}

std::string output_gradient_symbol(const Source& source) {
  return std::string("∂L/∂") + (of_error(source) ? kPredictionSymbol : "Y");
}

HeatmapBlock gradient_of(const Source& source, const std::string& symbol, const char* view,
                         const TensorPtr& tensor, Index channel) {
  HeatmapBlock block = plane_of(source, tensor.shared(), channel);
  block.title = symbol;
  block.subtitle = plane_text(tensor->shape());
  color_as(source, view, CardMeaning::kSigned, block);
  return block;
}

// Outlines the single 1, where the loss is a cell of this layer's plane.
void outline_seed(const Source& source, HeatmapBlock& block) {
  const BackwardScene& loss = source.backward->loss;
  const bool single =
      loss.source == GradientSource::kCell || loss.source == GradientSource::kOutputCell;
  if (!single || source.layer + 1 != source.backward->request.layers) return;
  const SeedCell at = seed_cell(loss, block.tensor->shape());
  if (at.sample != block.sample || at.channel != block.channel) return;
  block.outlines.push_back({at.cell.y, at.cell.x, 1, 1, palette_of(source).accent});
}

// Outlines where the gradient of the chosen output cell is laid onto the input, at `origin`.
void outline_targets(const Source& source, const LayerGradients& gradients, Yx origin,
                     HeatmapBlock& block) {
  if (!source.cell) return;
  const Shape& k = gradients.layer.weight.shape();
  CellGrid grid =
      receptive_field(*source.cell, {k.h, k.w}, gradients.layer.options, gradients.input->shape());
  grid.first = {grid.first.y + origin.y, grid.first.x + origin.x};
  add_outlines(source, grid, block);
}

}  // namespace

const LayerGradients& require_gradients(const Source& source) {
  if (!source.backward) throw Error("there are no gradients yet; Backward shows them");
  if (!source.backward->error.empty())
    throw Error("there is no gradient: " + source.backward->error);
  if (source.layer >= source.backward->layers.size())
    throw Error("the gradients do not go through this layer");
  return source.backward->layers[source.layer];
}

HeatmapBlock pooled_gradient_block(const Source& source) {
  const LayerGradients& gradients = require_gradients(source);
  if (!gradients.pooled)
    throw Error(before_pooling(source)
                    ? "the loss depends on Y, before the pooling: there is no ∂L/∂P"
                    : "this layer has no pooling, so that there is no ∂L/∂P");
  HeatmapBlock block =
      gradient_of(source, "∂L/∂P", "gradient/pooled", gradients.pooled, source.channel);
  outline_seed(source, block);
  if (!source.cell) return block;
  const LayerResults& layer = gradients.layer;
  for (const Yx cell :
       pool_gradient_sources(*source.cell, pooled_winners(layer, block.sample, block.channel),
                             layer.pool, layer.output->shape(), layer.pooled->output.shape()))
    add_outlines(source, {cell, {1, 1}, {1, 1}}, block);
  return block;
}

HeatmapBlock output_gradient_block(const Source& source) {
  const LayerGradients& gradients = require_gradients(source);
  HeatmapBlock block = gradient_of(source, output_gradient_symbol(source), "gradient/output",
                                   gradients.output, source.channel);
  block.mask = gradients.mask.shared();
  if (before_pooling(source) || !gradients.layer.pooled) outline_seed(source, block);
  if (source.cell) add_outlines(source, {*source.cell, {1, 1}, {1, 1}}, block);
  return block;
}

HeatmapBlock input_gradient_block(const Source& source) {
  const LayerGradients& gradients = require_gradients(source);
  const bool framed = gradients.framed != nullptr;
  HeatmapBlock block =
      gradient_of(source, "∂L/∂X", "gradient/input", framed ? gradients.framed : gradients.input,
                  source.input_channel);
  block.subtitle = plane_text(gradients.input->shape());
  const Padding padding = framed ? gradients.layer.options.padding : Padding{};
  if (framed) block.hatched = padding_strips(padding, gradients.input->shape());
  outline_targets(source, gradients, {padding.top, padding.left}, block);
  return block;
}

HeatmapBlock kernel_gradient_block(const Source& source) {
  const LayerGradients& gradients = require_gradients(source);
  HeatmapBlock block = kernel_plane(source, gradients.kernel, "");
  const Shape& s = block.tensor->shape();
  block.title = "∂L/∂" + weight_symbol(source);
  block.subtitle = size_text({s.h, s.w});
  return block;
}

HeatmapBlock turned_kernel_block(const Source& source) {
  const LayerGradients& gradients = require_gradients(source);
  const Tensor& weight = gradients.layer.weight;
  // A kernel that all channels share is repeated for each of them.
  const bool shared = gradients.kernel.shape() != weight.shape();
  const Tensor plane =
      shared ? weight_plane(weight, 0, 0) : weight_plane(weight, source.filter, source.slice);
  const bool turned = !gradients.layer.options.transposed;
  HeatmapBlock block = kernel_plane(source, turned ? rotated_180(plane, 1) : plane, "");
  const Shape& s = block.tensor->shape();
  block.title = weight_symbol(source);
  block.subtitle = (turned ? "turned by 180° · " : "") + size_text({s.h, s.w});
  return block;
}

HeatmapBlock spread_gradient_block(const Source& source) {
  const LayerGradients& gradients = require_gradients(source);
  const LayerResults& layer = gradients.layer;
  if (!gradients.spread || layer.options.stride == Yx{1, 1}) return output_gradient_block(source);
  HeatmapBlock block = gradient_of(source, output_gradient_symbol(source), "gradient/output",
                                   gradients.spread, source.channel);
  block.subtitle = plane_text(gradients.output->shape()) + " · spread";
  const SpreadCells spread = spread_cells(layer.options, layer.weight.shape());
  block.hatched = zero_strips(spread, block.tensor->shape(), gradients.output->shape());
  if (source.cell) add_outlines(source, {spread.to_plane(*source.cell), {1, 1}, {1, 1}}, block);
  return block;
}

}  // namespace convscope::exports
