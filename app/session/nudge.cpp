#include "app/session/nudge.h"

#include <utility>

#include "engine/ops/relu.h"

namespace convscope::session {
namespace {

bool has(const Shape& s, const WeightPlace& p) {
  return p.n >= 0 && p.c >= 0 && p.y >= 0 && p.x >= 0 && p.n < s.n && p.c < s.c && p.y < s.h &&
         p.x < s.w;
}

// Returns the tensor with one value changed.
Tensor nudged(Tensor tensor, const WeightPlace& p, double by) {
  float& value = tensor.at(p.n, p.c, p.y, p.x);
  value = static_cast<float>(static_cast<double>(value) + by);
  return tensor;
}

// Returns the values of the result of layer `i`, given its output; the output itself where it is
// the last and the loss is a cell of it.
Tensor result_of(const NudgeRequest& request, std::size_t i, Tensor output) {
  const Results& results = *request.backward.results;
  const bool last = i + 1 == request.backward.layers;
  if (last && results.scene.backward.source == GradientSource::kOutputCell) return output;
  if (convolution(results.scene.layers[i]).relu) output = relu(output);
  if (!results.layers[i].pooled) return output;
  return pool2d(output, results.layers[i].pool).output;
}

// Returns the tensor that is nudged; null where there is none, or where it has no such cell.
const Tensor* nudged_tensor(const NudgeRequest& request) {
  const TrainingSnapshot* training = request.backward.training.get();
  if (training != nullptr && (!training->error || !training->problem)) return nullptr;
  const LayerResults& layer = request.backward.results->layers.front();
  const Tensor* tensor = nullptr;
  switch (request.plane) {
    case NudgedPlane::kInput:
      tensor = training != nullptr ? &training->problem->input : layer.input.get();
      break;
    case NudgedPlane::kWeight:
      tensor = training != nullptr ? &training->weight
                                   : &first_layer(request.backward.results->scene).kernel.weight;
      break;
    case NudgedPlane::kOutput:
      tensor = training != nullptr ? training->error.get() : layer.output.get();
      break;
    case NudgedPlane::kPooled:
      if (training == nullptr && layer.pooled) tensor = &layer.pooled->output;
      break;
  }
  return tensor != nullptr && has(tensor->shape(), request.place) ? tensor : nullptr;
}

// Goes on from the result of the first layer to that of the last one.
Tensor through_the_rest(const NudgeRequest& request, Tensor result) {
  const Results& results = *request.backward.results;
  for (std::size_t i = 1; i < request.backward.layers; ++i) {
    const LayerResults& layer = results.layers[i];
    result = result_of(request, i, conv2d(result, layer.weight, layer.bias, layer.options));
  }
  return result;
}

// Returns the weight of the first layer as conv2d takes it, with one value of the scene's changed.
Tensor nudged_weight(const LayerResults& layer, bool shared, const WeightPlace& place, double by) {
  Tensor weight = layer.weight;
  if (!shared) return nudged(std::move(weight), place, by);
  for (Index n = 0; n < weight.shape().n; ++n)
    weight = nudged(std::move(weight), {n, 0, place.y, place.x}, by);
  return weight;
}

// Returns the result of the last layer with the nudge.
Tensor nudged_result(const NudgeRequest& request) {
  const Results& results = *request.backward.results;
  const LayerResults& layer = results.layers.front();
  const ConvolutionLayer& first = first_layer(results.scene);
  const auto from_output = [&](Tensor output) {
    return through_the_rest(request, result_of(request, 0, std::move(output)));
  };
  switch (request.plane) {
    case NudgedPlane::kInput:
      return from_output(conv2d(nudged(*layer.input, request.place, request.by), layer.weight,
                                layer.bias, layer.options));
    case NudgedPlane::kWeight:
      return from_output(
          conv2d(*layer.input, nudged_weight(layer, !first.kernel.layer, request.place, request.by),
                 layer.bias, layer.options));
    case NudgedPlane::kOutput:
      return from_output(nudged(*layer.output, request.place, request.by));
    case NudgedPlane::kPooled:
      break;
  }
  return through_the_rest(request, nudged(layer.pooled->output, request.place, request.by));
}

// L = Σ G · R, so its change is Σ G · (R' − R).
std::optional<double> change_of_layers(const NudgeRequest& request, const std::stop_token& stop) {
  const Results& results = *request.backward.results;
  if (!results.layers.front().output) return std::nullopt;
  const LayerResults& last = results.layers[request.backward.layers - 1];
  if (!last.output) return std::nullopt;
  const BackwardScene& from = results.scene.backward;
  const bool at_output = from.source == GradientSource::kOutputCell;
  const Tensor& before = at_output     ? *last.output
                         : last.pooled ? last.pooled->output
                                       : *last.activated;
  const Tensor after = nudged_result(request);
  if (stop.stop_requested()) return std::nullopt;
  const Tensor seed = gradient_seed(from, before.shape());
  double change = 0.0;
  for (std::size_t i = 0; i < seed.values().size(); ++i) {
    // A gradient of 0 counts nothing, also beside an infinite value, and neither does an infinity
    // that stays: the maximum of a window that sees only padding.
    if (seed.values()[i] == 0.0f || after.values()[i] == before.values()[i]) continue;
    change += static_cast<double>(seed.values()[i]) *
              (static_cast<double>(after.values()[i]) - static_cast<double>(before.values()[i]));
  }
  return change;
}

// L is the sum, or the mean, of the squared errors.
std::optional<double> change_of_learning(const NudgeRequest& request, const std::stop_token& stop) {
  const TrainingSnapshot& training = *request.backward.training;
  const Tensor& error = *training.error;
  Parameters at{training.weight, training.bias};
  const auto changed_error = [&] {
    if (request.plane == NudgedPlane::kOutput) return nudged(error, request.place, request.by);
    if (request.plane == NudgedPlane::kWeight) {
      at.weight = nudged(std::move(at.weight), request.place, request.by);
      return prediction_error(*training.problem, at);
    }
    LearningProblem problem = *training.problem;
    problem.input = nudged(std::move(problem.input), request.place, request.by);
    return prediction_error(problem, at);
  };
  const Tensor after = changed_error();
  if (stop.stop_requested()) return std::nullopt;
  double change = 0.0;
  for (std::size_t i = 0; i < error.values().size(); ++i) {
    const auto a = static_cast<double>(after.values()[i]);
    const auto b = static_cast<double>(error.values()[i]);
    change += (a - b) * (a + b);
  }
  const bool mean = training.problem->reduction == Reduction::kMean;
  return mean ? change / static_cast<double>(error.numel()) : change;
}

}  // namespace

std::optional<NudgeEffect> nudge_effect(const NudgeRequest& request, const std::stop_token& stop) {
  if (!request.backward.results) return std::nullopt;
  const Tensor* tensor = nudged_tensor(request);
  if (tensor == nullptr) return std::nullopt;
  const std::optional<double> change = request.backward.training != nullptr
                                           ? change_of_learning(request, stop)
                                           : change_of_layers(request, stop);
  if (!change) return std::nullopt;
  const WeightPlace& p = request.place;
  const float before = tensor->at(p.n, p.c, p.y, p.x);
  const auto after = static_cast<float>(static_cast<double>(before) + request.by);
  return NudgeEffect{request, static_cast<double>(after) - static_cast<double>(before), *change};
}

}  // namespace convscope::session
