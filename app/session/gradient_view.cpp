#include "app/session/gradient_view.h"

#include <algorithm>
#include <new>
#include <utility>

#include "engine/explain/gradient_channels.h"
#include "engine/ops/conv2d_plan.h"
#include "engine/ops/memory_need.h"

namespace convscope::session {
namespace {

// Fills in the steps of the chain.
void add_steps(GradientView& view) {
  const LayerStage& stage = view.look.stage;
  for (std::size_t i = 0; i < view.backward->layers.size(); ++i) {
    const LayerGradients& gradients = view.backward->layers[i];
    const LayerResults& layer = gradients.layer;
    if (i == stage.layer) view.before = view.steps.size();
    view.steps.push_back(conv_step(layer.weight.shape(), layer.options, layer.input->shape()));
    if (i == stage.layer) view.through = view.steps.size();
    if (!gradients.pooled) continue;
    view.steps.push_back(pool_step(layer.pool, gradients.output->shape()));
    if (i == stage.layer && stage.part == StagePart::kPooled) view.through = view.steps.size();
  }
}

// Returns the memory that the pictures need while they are made.
Bytes pictures_bytes(const GradientView& view) {
  const auto small = [](const Shape& s, Index count) {
    return tensor_bytes(
        {1, count, std::min(s.h, kMaxPreviewCells), std::min(s.w, kMaxPreviewCells)});
  };
  const LayerResults& layer = view.layer().layer;
  const Shape& input = view.layer().input->shape();
  const Shape& output = view.layer().output->shape();
  const Index terms =
      reached_channels(layer.weight.shape(), layer.options, view.look.channel).count;
  return small(view.backward->layers.front().input->shape(), 1) +
         small(input, input.c + terms + 1) + small(output, output.c) +
         tensor_bytes({1, terms + 1, input.h, input.w}) +
         conv2d_grad_input_scratch_bytes({1, 1, input.h, input.w}, layer.weight.shape(),
                                         layer.options);
}

// Makes the pictures of the terms; returns false if stopped.
bool preview_terms(GradientView& view, const std::stop_token& stop) {
  const LayerGradients& gradients = view.layer();
  const LayerResults& layer = gradients.layer;
  const Shape& x = gradients.input->shape();
  const Index count =
      reached_channels(layer.weight.shape(), layer.options, view.look.channel).count;
  Tensor terms({1, count, x.h, x.w});
  Tensor term({1, 1, x.h, x.w});
  Conv2dWorkspace workspace;
  for (Index i = 0; i < count; ++i) {
    if (!gradient_term_into(*gradients.output_reached, layer.weight, layer.options,
                            view.look.sample, view.look.channel, i, term, workspace, stop))
      return false;
    std::ranges::copy(term.values(), terms.plane(0, i).begin());
  }
  std::optional<PlanePreviews> made = preview_planes(terms, 0, 0, count, stop);
  if (made) view.terms = std::move(*made);
  return made.has_value();
}

// Makes all pictures; returns false if stopped.
bool fill(GradientView& view, const std::stop_token& stop) {
  const auto take = [&](const Tensor& tensor, Index first, Index count, PlanePreviews& into) {
    std::optional<PlanePreviews> made =
        preview_planes(tensor, view.look.sample, first, count, stop);
    if (made) into = std::move(*made);
    return made.has_value();
  };
  const Tensor& input = *view.layer().input;
  const Tensor& scene_input = *view.backward->layers.front().input;
  if (view.look.stage.layer > 0 && !take(scene_input, view.look.scene_channel, 1, view.original))
    return false;
  if (!take(input, 0, input.shape().c, view.input)) return false;
  if (!take(input, view.look.channel, 1, view.sum)) return false;
  const TensorPtr maps = view.stage();
  if (maps && !take(*maps, 0, maps->shape().c, view.maps)) return false;
  return preview_terms(view, stop);
}

}  // namespace

TensorPtr GradientView::stage() const {
  const LayerGradients& gradients = layer();
  if (look.stage.part == StagePart::kOutput) return gradients.output;
  const bool last = look.stage.layer + 1 == backward->layers.size();
  if (last && begins_at_output(scene().backward.source)) return nullptr;
  return look.stage.part == StagePart::kActivated ? gradients.activated : gradients.pooled;
}

LayerStage loss_stage(const Scene& scene, std::size_t layers) {
  const bool at_output = begins_at_output(scene.backward.source);
  const LayerStage wanted{layers - 1, at_output ? StagePart::kOutput : StagePart::kPooled};
  return existing_stage(scene, wanted);
}

std::vector<bool> reached_maps(const BackwardResults& backward, std::size_t first, Index channel,
                               std::size_t last) {
  std::vector<bool> reached;
  for (std::size_t i = first; i <= last; ++i) {
    const LayerResults& layer = backward.layers[i].layer;
    if (i == first) {
      reached.assign(static_cast<std::size_t>(layer.input->shape().c), false);
      reached[static_cast<std::size_t>(channel)] = true;
    }
    std::vector<bool> next(static_cast<std::size_t>(layer.output->shape().c), false);
    for (std::size_t c = 0; c < reached.size(); ++c) {
      if (!reached[c]) continue;
      const ChannelRange range =
          reached_channels(layer.weight.shape(), layer.options, static_cast<Index>(c));
      for (Index o = range.first; o < range.first + range.count; ++o)
        next[static_cast<std::size_t>(o)] = true;
    }
    reached = std::move(next);
  }
  return reached;
}

std::optional<GradientView> make_gradient_view(const GradientRequest& request,
                                               const std::stop_token& stop,
                                               const MemoryLimit& limit) {
  GradientView view;
  view.backward = request.backward;
  GradientLook& look = view.look;
  look = request.look;
  look.stage = existing_stage(view.scene(), look.stage);
  look.stage.layer = std::min(look.stage.layer, request.backward->layers.size() - 1);
  const Shape& input = view.layer().input->shape();
  look.sample = std::clamp<Index>(look.sample, 0, input.n - 1);
  look.channel = std::clamp<Index>(look.channel, 0, input.c - 1);
  const Shape& scene_input = request.backward->layers.front().input->shape();
  look.scene_channel = std::clamp<Index>(look.scene_channel, 0, scene_input.c - 1);
  const LayerResults& layer = view.layer().layer;
  view.first_output = reached_channels(layer.weight.shape(), layer.options, look.channel).first;
  add_steps(view);
  if (pictures_bytes(view) > limit.bytes) return view;
  GradientView whole = view;
  try {
    if (!fill(whole, stop)) return std::nullopt;
  } catch (const std::bad_alloc&) {
    return view;  // without pictures
  }
  return whole;
}

}  // namespace convscope::session
