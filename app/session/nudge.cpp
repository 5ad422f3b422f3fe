#include "app/session/nudge.h"

#include <utility>
#include <vector>

#include "app/session/loss_cell.h"
#include "app/session/nudge_path.h"
#include "engine/explain/explain_backward.h"
#include "engine/explain/explain_grad_weight.h"
#include "engine/ops/backward_links.h"
#include "engine/ops/weight_update.h"

namespace convscope::session {
namespace {

bool has(const Shape& s, const WeightPlace& p) {
  return p.n >= 0 && p.c >= 0 && p.y >= 0 && p.x >= 0 && p.n < s.n && p.c < s.c && p.y < s.h &&
         p.x < s.w;
}

// Returns a tensor of this shape that is 0 but for one value.
Tensor single(const Shape& shape, const WeightPlace& p, double value) {
  Tensor tensor(shape);
  tensor.at(p.n, p.c, p.y, p.x) = static_cast<float>(value);
  return tensor;
}

const ConvolutionLayer& nudged_layer(const NudgeRequest& request) {
  return convolution(request.backward.results->scene.layers[request.layer]);
}

// Returns whether all layers have results, of which the loss is made, and the nudged one is among
// them.
bool has_loss(const NudgeRequest& request) {
  const BackwardRequest& backward = request.backward;
  if (!backward.results || request.layer >= backward.layers) return false;
  if (backward.training != nullptr) return backward.training->error && backward.training->problem;
  if (backward.results->scene.backward.source == GradientSource::kError) return false;
  for (std::size_t i = 0; i < backward.layers; ++i) {
    const LayerResults& layer = backward.results->layers[i];
    if (!layer.output || !layer.pooled_error.empty()) return false;
  }
  return true;
}

// Returns the tensor that is nudged; null where it has no such cell, or where the loss does not
// depend on it.
const Tensor* nudged_tensor(const NudgeRequest& request) {
  const TrainingSnapshot* training = request.backward.training.get();
  const Results& results = *request.backward.results;
  const LayerResults& layer = results.layers[request.layer];
  // A loss that is a cell of the last output does not depend on what comes behind that.
  const bool behind = request.layer + 1 == request.backward.layers &&
                      begins_at_output(results.scene.backward.source);
  const Tensor* tensor = nullptr;
  switch (request.plane) {
    case NudgedPlane::kInput:
      tensor = training != nullptr ? &training->problem->input : layer.input.get();
      break;
    case NudgedPlane::kWeight:
      tensor = training != nullptr ? &training->weight : &nudged_layer(request).kernel.weight;
      break;
    case NudgedPlane::kOutput:
      tensor = training != nullptr ? training->error.get() : layer.output.get();
      break;
    case NudgedPlane::kActivated:
      if (training == nullptr && !behind) tensor = layer.activated.get();
      break;
    case NudgedPlane::kPooled:
      if (training == nullptr && layer.pooled && !behind) tensor = &layer.pooled->output;
      break;
  }
  return tensor != nullptr && has(tensor->shape(), request.place) ? tensor : nullptr;
}

// Returns the places of the weight, as conv2d takes it, that are one value of the scene's, or of
// what is learned: several where channels share one kernel.
std::vector<WeightPlace> weight_places(const NudgeRequest& request, const Shape& weight) {
  const TrainingSnapshot* training = request.backward.training.get();
  const bool shared = training != nullptr ? is_shared(training->weight.shape(), *training->problem)
                                          : !nudged_layer(request).kernel.layer;
  if (!shared) return {request.place};
  return repeated_places(request.place, weight);
}

// Returns ∂L by the nudged value, given the gradients back to the output.
double gradient_at(const NudgeRequest& request, const LayerGradients& to_output) {
  const LayerResults& layer = to_output.layer;
  const WeightPlace& p = request.place;
  switch (request.plane) {
    case NudgedPlane::kInput:
      return explain_grad_input(*to_output.output, layer.weight, layer.input->shape(),
                                layer.options, p.n, p.c, {p.y, p.x}, 1)
          .total;
    case NudgedPlane::kWeight:
      return explain_grad_weight(*layer.input, *to_output.output, layer.weight.shape(),
                                 layer.options, weight_places(request, layer.weight.shape()), 1)
          .value();
    case NudgedPlane::kOutput:
      return static_cast<double>(to_output.output->at(p.n, p.c, p.y, p.x));
    case NudgedPlane::kActivated:
      return static_cast<double>(to_output.activated->at(p.n, p.c, p.y, p.x));
    case NudgedPlane::kPooled:
      break;
  }
  return to_output.pooled ? static_cast<double>(to_output.pooled->at(p.n, p.c, p.y, p.x)) : 0.0;
}

// Keeps the changes of the outputs that sum the nudged input cell. The fast paths of large kernels
// leave traces of rounding in the others.
Tensor only_reached(const Tensor& delta, const NudgeRequest& request, const LayerResults& layer) {
  const Shape& k = layer.weight.shape();
  const WeightPlace& p = request.place;
  Tensor result(delta.shape());
  for (const Yx cell :
       gradient_sources({p.y, p.x}, {k.h, k.w}, layer.options, layer.input->shape(), delta.shape()))
    for (Index c = 0; c < delta.shape().c; ++c)
      result.at(p.n, c, cell.y, cell.x) = delta.at(p.n, c, cell.y, cell.x);
  return result;
}

// Returns by how much the output of the nudged layer changes; nullopt if stopped. `layer` is the
// one that to_output gives: what is learned, or the scene's. Not for kActivated and kPooled.
std::optional<Tensor> output_delta(const NudgeRequest& request, double by,
                                   const LayerResults& layer, const std::stop_token& stop) {
  const Shape& output = layer.output->shape();
  if (request.plane == NudgedPlane::kOutput) return single(output, request.place, by);
  if (request.plane == NudgedPlane::kInput) {
    const Tensor nudge = single(layer.input->shape(), request.place, by);
    Tensor delta;
    if (!conv2d_into(nudge, layer.weight, {}, layer.options, delta, stop)) return std::nullopt;
    return only_reached(delta, request, layer);
  }
  const std::vector<WeightPlace> places = weight_places(request, layer.weight.shape());
  Tensor delta(output);
  if (layer.options.transposed) {
    Tensor nudge(layer.weight.shape());
    for (const WeightPlace& p : places)
      nudge.at(p.n, p.c, p.y, p.x) = static_cast<float>(by);
    if (!conv2d_into(*layer.input, nudge, {}, layer.options, delta, stop)) return std::nullopt;
    return delta;
  }
  for (const WeightPlace& p : places) {
    if (!conv2d_update_weight(*layer.input, p, static_cast<float>(by), layer.options, delta, stop))
      return std::nullopt;
  }
  return delta;
}

// L = Σ G · R, so its change is Σ G · ΔR. A gradient of 0 counts nothing, also beside an infinite
// value.
double weighted_sum(const Tensor& seed, const Tensor& values) {
  double sum = 0.0;
  for (std::size_t i = 0; i < seed.values().size(); ++i) {
    if (seed.values()[i] == 0.0f) continue;
    sum += static_cast<double>(seed.values()[i]) * static_cast<double>(values.values()[i]);
  }
  return sum;
}

// Fills in the loss of the layers and its change; returns false if stopped.
bool change_layers(const LayerResults& nudged, NudgeEffect& effect, const std::stop_token& stop) {
  const NudgeRequest& request = effect.request;
  const Results& results = *request.backward.results;
  const std::size_t layers = request.backward.layers;
  const LayerResults& end = results.layers[layers - 1];
  const BackwardScene from = loss_of(request.backward);
  const bool at_output = begins_at_output(from.source);
  const Tensor& result = seed_plane(from, end);
  const Tensor seed = gradient_seed(from, result.shape());
  NudgePath path;
  Tensor delta;
  for (std::size_t i = request.layer; i < layers; ++i) {
    const LayerResults& layer = results.layers[i];
    const bool last = i + 1 == layers;
    const bool begins = i == request.layer;
    if (begins && request.plane == NudgedPlane::kPooled) {
      delta = single(layer.pooled->output.shape(), request.place, effect.by);
      continue;
    }
    if (begins && request.plane == NudgedPlane::kActivated) {
      delta = path.through(layer, false, single(layer.activated->shape(), request.place, effect.by),
                           last ? &seed : nullptr, i);
      continue;
    }
    if (begins) {
      std::optional<Tensor> begun = output_delta(request, effect.by, nudged, stop);
      if (!begun) return false;
      delta = std::move(*begun);
    } else {
      Tensor next;
      if (!conv2d_into(delta, layer.weight, {}, layer.options, next, stop)) return false;
      delta = std::move(next);
    }
    if (last && at_output) continue;
    delta = path.through(layer, convolution(results.scene.layers[i]).relu, delta,
                         last ? &seed : nullptr, i);
    if (stop.stop_requested()) return false;
  }
  effect.loss = weighted_sum(seed, result);
  effect.loss_change = weighted_sum(seed, delta);
  effect.switched = path.switched();
  return true;
}

// Fills in the learning's loss, which is the sum or the mean of the squared errors, and its change:
// (e + δ)² − e² = 2 e δ + δ². Returns false if stopped.
bool change_learning(const LayerResults& learned, NudgeEffect& effect,
                     const std::stop_token& stop) {
  const TrainingSnapshot& training = *effect.request.backward.training;
  const Tensor& error = *training.error;
  const std::optional<Tensor> delta = output_delta(effect.request, effect.by, learned, stop);
  if (!delta) return false;
  double linear = 0.0;
  for (std::size_t i = 0; i < error.values().size(); ++i) {
    const auto e = static_cast<double>(error.values()[i]);
    const auto d = static_cast<double>(delta->values()[i]);
    effect.loss += e * e;
    linear += 2.0 * e * d;
    effect.square += d * d;
  }
  const bool mean = training.problem->reduction == Reduction::kMean;
  const double factor = mean ? 1.0 / static_cast<double>(error.numel()) : 1.0;
  effect.loss *= factor;
  effect.square *= factor;
  effect.loss_change = factor * linear + effect.square;
  return true;
}

}  // namespace

std::optional<NudgeEffect> nudge_effect(const NudgeRequest& request, const std::stop_token& stop) {
  if (!has_loss(request)) return std::nullopt;
  const Tensor* tensor = nudged_tensor(request);
  if (tensor == nullptr) return std::nullopt;
  const std::optional<LayerGradients> to_output =
      go_to_output(request.backward, request.layer, stop);
  if (!to_output) return std::nullopt;
  const WeightPlace& p = request.place;
  const float before = tensor->at(p.n, p.c, p.y, p.x);
  const auto after = static_cast<float>(static_cast<double>(before) + request.by);
  NudgeEffect effect;
  effect.request = request;
  effect.by = static_cast<double>(after) - static_cast<double>(before);
  effect.gradient = gradient_at(request, *to_output);
  const bool finished = request.backward.training != nullptr
                            ? change_learning(to_output->layer, effect, stop)
                            : change_layers(to_output->layer, effect, stop);
  if (!finished) return std::nullopt;
  return effect;
}

}  // namespace convscope::session
