#include "app/session/stage_view.h"

#include <algorithm>
#include <new>
#include <utility>

#include "engine/core/error.h"
#include "engine/explain/channel_sum.h"
#include "engine/ops/cell_links.h"
#include "engine/ops/memory_need.h"

namespace convscope::session {
namespace {

// Computes the mean of every step x step cells, or of fewer at the right and bottom edge.
void shrink(std::span<const float> plane, const Shape& shape, Index step, std::span<float> to) {
  if (step == 1) {
    std::ranges::copy(plane, to.begin());
    return;
  }
  const Index columns = (shape.w + step - 1) / step;
  std::vector<double> sums(static_cast<std::size_t>(columns));
  for (Index y = 0; y < shape.h; y += step) {
    std::ranges::fill(sums, 0.0);
    const Index rows = std::min(step, shape.h - y);
    for (Index v = 0; v < rows; ++v) {
      const float* row = plane.data() + (y + v) * shape.w;
      for (Index x = 0; x < columns; ++x) {
        const Index begin = x * step;
        const Index end = std::min(begin + step, shape.w);
        float sum = 0.0f;
        for (Index u = begin; u < end; ++u)
          sum += row[u];
        sums[static_cast<std::size_t>(x)] += static_cast<double>(sum);
      }
    }
    for (Index x = 0; x < columns; ++x) {
      const Index cells = rows * std::min(step, shape.w - x * step);
      to[static_cast<std::size_t>(y / step * columns + x)] =
          static_cast<float>(sums[static_cast<std::size_t>(x)] / static_cast<double>(cells));
    }
  }
}

Index preview_step(const Shape& shape) {
  return std::max<Index>(1, (std::max(shape.h, shape.w) + kMaxPreviewCells - 1) / kMaxPreviewCells);
}

// Returns the shape of the previews of `count` planes.
Shape preview_shape(const Shape& shape, Index count) {
  const Index step = preview_step(shape);
  return {1, count, (shape.h + step - 1) / step, (shape.w + step - 1) / step};
}

// Allocates the previews of `count` planes.
PlanePreviews empty_previews(const Shape& shape, Index count) {
  PlanePreviews previews;
  previews.shape = {1, count, shape.h, shape.w};
  previews.step = preview_step(shape);
  previews.cells.resize(preview_shape(shape, count));
  previews.revision = Revision::fresh();
  return previews;
}

// Returns the memory that the pictures of a stage need while they are made. A sum over many
// channels of a small input may have more terms than there is memory for pictures of them.
Bytes pictures_bytes(const StageRequest& request, const LayerResults& layer) {
  Bytes bytes = tensor_bytes(preview_shape(request.results->scene.input.tensor->shape(), 3));
  if (layer.input) {
    const Shape& input = layer.input->shape();
    bytes += tensor_bytes(preview_shape(input, input.c));
  }
  if (!layer.output) return bytes;
  const Shape& output = layer.output->shape();
  const Index terms = summed_channels(layer.weight.shape(), layer.options);
  return bytes + tensor_bytes(preview_shape(output, output.c + terms + 1)) +
         tensor_bytes({1, 1, output.h, output.w}) +
         conv2d_scratch_bytes(layer.input->shape(), layer.weight.shape(), layer.options);
}

void add_plane(PlanePreviews& previews, std::span<const float> plane) {
  const auto next = static_cast<Index>(previews.ranges.size());
  shrink(plane, previews.shape, previews.step, previews.cells.plane(0, next));
  previews.ranges.push_back(finite_range(plane));
}

// Returns the steps from the scene's input to a stage, as far as there are outputs.
std::vector<ChainStep> chain_steps(const Results& results, const LayerStage& stage,
                                   std::size_t& before) {
  std::vector<ChainStep> steps;
  for (std::size_t i = 0; i <= stage.layer; ++i) {
    if (i == stage.layer) before = steps.size();
    const LayerResults& layer = results.layers[i];
    if (!layer.output) return {};
    steps.push_back(conv_step(layer.weight.shape(), layer.options, layer.input->shape()));
    const bool pools = has_pooling_stage(convolution(results.scene.layers[i]), i);
    if (!pools || (i == stage.layer && stage.part != StagePart::kPooled)) continue;
    if (!layer.pooled) return {};
    steps.push_back(pool_step(layer.pool, layer.output->shape()));
  }
  return steps;
}

// Makes the pictures of the terms; returns false if stopped.
bool preview_terms(const LayerResults& layer, StageView& view, const std::stop_token& stop) {
  const Shape& k = layer.weight.shape();
  const Index count = summed_channels(k, layer.options);
  view.first_channel = first_input_channel(k, layer.options, view.channel);
  view.terms = empty_previews(layer.output->shape(), count);
  Tensor term;
  for (Index i = 0; i < count; ++i) {
    if (!channel_term_into(*layer.input, layer.weight, layer.options, view.sample, view.channel, i,
                           term, stop)) {
      return false;
    }
    add_plane(view.terms, term.values());
  }
  view.sum = empty_previews(layer.output->shape(), 1);
  add_plane(view.sum, layer.output->plane(view.sample, view.channel));
  return true;
}

// Makes all pictures; returns false if stopped.
bool fill(const StageRequest& request, StageView& view, const std::stop_token& stop) {
  const LayerResults& layer = view.layer();
  const auto take = [&](const Tensor& tensor, Index max_planes, PlanePreviews& into) {
    std::optional<PlanePreviews> made =
        preview_planes(tensor, view.sample, 0, std::min(max_planes, tensor.shape().c), stop);
    if (made) into = std::move(*made);
    return made.has_value();
  };
  constexpr Index kAll = 1 << 30;
  const Tensor& original = *request.results->scene.input.tensor;
  view.sample = std::clamp<Index>(request.sample, 0, original.shape().n - 1);
  if (!take(original, 3, view.original)) return false;
  if (layer.input && !take(*layer.input, kAll, view.input)) return false;
  if (!layer.output) return true;
  view.channel = std::clamp<Index>(request.channel, 0, layer.output->shape().c - 1);
  const TensorPtr maps = stage_tensor(layer, request.stage.part);
  if (maps && !take(*maps, kAll, view.maps)) return false;
  view.steps = chain_steps(*request.results, request.stage, view.before);
  return preview_terms(layer, view, stop);
}

}  // namespace

ValueRange PlanePreviews::common_range() const {
  if (ranges.empty()) return {};
  ValueRange common = ranges.front();
  for (const ValueRange& range : ranges)
    common = {std::min(common.lo, range.lo), std::max(common.hi, range.hi)};
  return common;
}

std::optional<PlanePreviews> preview_planes(const Tensor& tensor, Index sample, Index first,
                                            Index count, const std::stop_token& stop) {
  PlanePreviews previews = empty_previews(tensor.shape(), count);
  for (Index c = first; c < first + count; ++c) {
    if (stop.stop_requested()) return std::nullopt;
    add_plane(previews, tensor.plane(sample, c));
  }
  return previews;
}

TensorPtr stage_tensor(const LayerResults& layer, StagePart part) {
  switch (part) {
    case StagePart::kOutput:
      return layer.output;
    case StagePart::kActivated:
      return layer.activated;
    case StagePart::kPooled:
      break;
  }
  return pooled_values(layer);
}

std::optional<StageView> make_stage_view(const StageRequest& request, const std::stop_token& stop,
                                         const MemoryLimit& limit) {
  StageView view;
  view.request = request;
  view.request.stage = existing_stage(request.results->scene, request.stage);
  if (pictures_bytes(view.request, view.layer()) > limit.bytes) return view;
  StageView whole = view;
  try {
    if (!fill(view.request, whole, stop)) return std::nullopt;
  } catch (const std::bad_alloc&) {
    return view;  // without pictures
  }
  return whole;
}

}  // namespace convscope::session
