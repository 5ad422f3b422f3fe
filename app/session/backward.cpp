#include "app/session/backward.h"

#include <algorithm>
#include <new>
#include <utility>

#include "app/files/memory_sum.h"
#include "app/scene/shared_tensor.h"
#include "app/session/gradient_way.h"
#include "app/session/layer_evaluation.h"
#include "app/session/loss_cell.h"
#include "engine/core/error.h"
#include "engine/ops/memory_need.h"
#include "engine/ops/relu.h"

namespace convscope::session {
namespace {

// Returns the gradient with only its first `cells` cells in each plane; the others are 0.
Tensor first_cells(const Tensor& gradient, Index cells) {
  Tensor result = gradient;
  const Shape& s = result.shape();
  const auto kept = static_cast<std::ptrdiff_t>(std::clamp<Index>(cells, 0, s.h * s.w));
  for (Index n = 0; n < s.n; ++n)
    for (Index c = 0; c < s.c; ++c)
      std::ranges::fill(result.plane(n, c).subspan(static_cast<std::size_t>(kept)), 0.0f);
  return result;
}

// Returns what a sweep has reached of the pooled plane's gradient, or of the output's; all of it
// where it sweeps the other one, or without a sweep.
TensorPtr reached_by(const std::optional<SweptGradient>& swept, bool pooled,
                     const TensorPtr& gradient) {
  const bool sweeps = swept && swept->pooled == pooled;
  return sweeps ? shared_tensor(first_cells(*gradient, swept->cells)) : gradient;
}

// Returns the sum of the weights of all channels: the gradient of the one kernel that they share.
Tensor summed_over_channels(const Tensor& weight) {
  const Shape& s = weight.shape();
  Tensor sum({1, 1, s.h, s.w});
  for (std::size_t i = 0; i < sum.values().size(); ++i) {
    double total = 0.0;
    for (Index n = 0; n < s.n; ++n)
      total += static_cast<double>(weight.plane(n, 0)[i]);
    sum.values()[i] = static_cast<float>(total);
  }
  return sum;
}

// Fills in the gradients of the input and the parameters of `gradients.layer` from that of its
// output. `shared` says whether one kernel is repeated for every channel, and `way` whether it is
// shown how the input's gradient comes about.
bool through_convolution(const Tensor& grad_output, bool shared, bool way,
                         LayerGradients& gradients, const std::stop_token& stop) {
  const LayerResults& layer = gradients.layer;
  Conv2dWorkspace workspace;
  if (!find_input_gradient(grad_output, way, gradients, workspace, stop)) return false;
  Tensor weight(layer.weight.shape());
  if (!conv2d_grad_weight_into(*layer.input, grad_output, layer.options, weight, workspace, stop))
    return false;
  gradients.bias = conv2d_grad_bias(grad_output);
  if (shared) {
    double total = 0.0;
    for (const float each : gradients.bias)
      total += static_cast<double>(each);
    gradients.bias = {static_cast<float>(total)};
    weight = summed_over_channels(weight);
  }
  gradients.kernel = std::move(weight);
  return !stop.stop_requested();
}

// Goes back from the gradient of the layer's result to that of its output.
LayerGradients through_pooling(const ConvolutionLayer& layer, const LayerResults& results,
                               Tensor of_result, const std::optional<SweptGradient>& swept) {
  LayerGradients gradients;
  Tensor activated;
  if (results.pooled) {
    gradients.pooled = shared_tensor(std::move(of_result));
    gradients.pooled_reached = reached_by(swept, true, gradients.pooled);
    const Tensor& reached = *gradients.pooled_reached;
    const Shape& shape = results.output->shape();
    activated = results.pool.kind == PoolKind::kMax
                    ? max_pool2d_grad(reached, results.pooled->indices, shape, results.pool)
                    : avg_pool2d_grad(reached, shape, results.pool);
  } else {
    activated = std::move(of_result);
  }
  gradients.activated = shared_tensor(std::move(activated));
  gradients.output = gradients.activated;
  if (layer.relu) {
    gradients.output = shared_tensor(relu_grad(*gradients.activated, *results.output));
    Tensor mask(results.output->shape());
    std::ranges::transform(results.output->values(), mask.values().begin(),
                           [](float value) { return relu_passes(value) ? 1.0f : 0.0f; });
    gradients.mask = shared_tensor(std::move(mask));
  }
  return gradients;
}

// A gradient of the output itself has gone through neither pooling nor ReLU.
LayerGradients of_output_alone(Tensor gradient) {
  LayerGradients gradients;
  gradients.output = shared_tensor(std::move(gradient));
  gradients.activated = gradients.output;
  return gradients;
}

// Goes back from the gradient of the result of layer `i` to that of its output; in the last layer
// it may begin there.
LayerGradients to_output(const BackwardRequest& request, GradientSource source, std::size_t i,
                         Tensor gradient, const std::optional<SweptGradient>& swept) {
  const LayerResults& results = request.results->layers[i];
  const bool begins = i + 1 == request.layers && begins_at_output(source);
  LayerGradients gradients = begins ? of_output_alone(std::move(gradient))
                                    : through_pooling(convolution(request.results->scene.layers[i]),
                                                      results, std::move(gradient), swept);
  gradients.layer = results;
  return gradients;
}

// Goes on from the gradient of the output to those of input and parameters.
std::optional<LayerGradients> through_layer(const ConvolutionLayer& layer, LayerGradients gradients,
                                            const std::optional<SweptGradient>& swept, bool way,
                                            const std::stop_token& stop) {
  gradients.output_reached = reached_by(swept, false, gradients.output);
  if (!through_convolution(*gradients.output_reached, !layer.kernel.layer, way, gradients, stop))
    return std::nullopt;
  return gradients;
}

// Returns the gradient of the output of what is learned, whose prediction has neither ReLU nor
// pooling.
LayerGradients of_error(const TrainingSnapshot& training) {
  const LearningProblem& problem = *training.problem;
  Tensor of_output = *training.error;
  const double factor =
      problem.reduction == Reduction::kSum ? 2.0 : 2.0 / static_cast<double>(of_output.numel());
  for (float& value : of_output.values())
    value = static_cast<float>(factor * static_cast<double>(value));
  LayerGradients gradients = of_output_alone(std::move(of_output));
  LayerResults& layer = gradients.layer;
  layer.weight = expanded({training.weight, {}}, problem).weight;
  layer.options = problem.options;
  layer.input = std::shared_ptr<const Tensor>(training.problem, &problem.input);
  layer.output = training.error;
  layer.activated = layer.output;
  return gradients;
}

// Goes back from the error of the learning.
std::optional<LayerGradients> through_learning(const BackwardRequest& request,
                                               const std::stop_token& stop) {
  const TrainingSnapshot& training = *request.training;
  LayerGradients gradients = of_error(training);
  gradients.output_reached = reached_by(request.swept, false, gradients.output);
  const bool shared = is_shared(training.weight.shape(), *training.problem);
  if (!through_convolution(*gradients.output_reached, shared, request.way, gradients, stop))
    return std::nullopt;
  return gradients;
}

// Returns the memory that the gradients of a layer with these arguments and results take, without
// those of its ReLU and its pooling.
Bytes bytes_of_convolution(const BackwardRequest& request, const Shape& input, const Shape& weight,
                           const Shape& output, const Conv2dOptions& options) {
  // The gradient of a result stands beside that of the input behind it, and what a sweep has
  // reached of a gradient beside the whole one.
  Bytes bytes = 2.0 * tensor_bytes(input) + 2.0 * tensor_bytes(output) + 3.0 * tensor_bytes(weight);
  if (request.way) bytes += way_bytes(input, weight, output, options);
  return bytes + std::max(conv2d_grad_input_scratch_bytes(input, weight, options),
                          conv2d_grad_weight_scratch_bytes(input, weight, options));
}

// Returns the memory that the gradients take.
Bytes bytes_needed(const BackwardRequest& request) {
  if (const TrainingSnapshot* training = request.training.get()) {
    const LearningProblem& problem = *training->problem;
    return bytes_of_convolution(request, problem.input.shape(),
                                expanded({training->weight, {}}, problem).weight.shape(),
                                training->error->shape(), problem.options);
  }
  Bytes bytes = 0.0;
  for (std::size_t i = 0; i < request.layers; ++i) {
    const LayerResults& results = request.results->layers[i];
    const Shape& output = results.output->shape();
    bytes += bytes_of_convolution(request, results.input->shape(), results.weight.shape(), output,
                                  results.options);
    // ReLU has its mask, and a gradient before it and one behind it.
    if (convolution(request.results->scene.layers[i]).relu) bytes += 2.0 * tensor_bytes(output);
    if (results.pooled) bytes += 2.0 * tensor_bytes(results.pooled->output.shape());
  }
  return bytes;
}

// Returns why there is no error of the learning, as it says itself, without a full stop.
std::string missing_error(std::string message) {
  if (message.empty()) return "the learning has no error yet";
  if (message.ends_with('.')) message.pop_back();
  if (message.front() >= 'A' && message.front() <= 'Z')
    message.front() = static_cast<char>(message.front() - 'A' + 'a');
  return message;
}

// Returns why these layers have no gradient; empty if they have one.
std::string missing(const BackwardRequest& request, const MemoryLimit& limit) {
  if (request.training != nullptr && !request.training->error)
    return missing_error(request.training->message);
  const auto too_large = [&] {
    return MemorySum(limit).add("the gradients would be computed", bytes_needed(request));
  };
  if (request.training != nullptr) return too_large();
  const Scene& scene = request.results->scene;
  for (std::size_t i = 0; i < request.layers; ++i) {
    const LayerResults& results = request.results->layers[i];
    if (!results.output) return results.output_error;
    if (convolution(scene.layers[i]).pooled && !results.pooled) return results.pooled_error;
  }
  if (scene.backward.source == GradientSource::kError && request.layers > 1)
    return "the error of the learning goes through the first layer alone, which the Kernel page "
           "shows; with a cell or a picture as L the gradient goes through all layers";
  if (scene.backward.source == GradientSource::kError) return "there is nothing to learn";
  return too_large();
}

std::optional<BackwardResults> through_all(const BackwardRequest& request,
                                           const std::stop_token& stop) {
  BackwardResults backward{request, {}, ""};
  if (request.training != nullptr) {
    std::optional<LayerGradients> only = through_learning(request, stop);
    if (!only) return std::nullopt;
    backward.layers.push_back(std::move(*only));
    backward.loss.source = GradientSource::kError;
    return backward;
  }
  const Results& results = *request.results;
  backward.layers.resize(request.layers);
  const BackwardScene& loss = backward.loss = loss_of(request);
  const Tensor& begun = seed_plane(loss, results.layers[request.layers - 1]);
  Tensor next = gradient_seed(loss, begun.shape());
  for (std::size_t i = request.layers; i-- > 0;) {
    const std::optional<SweptGradient> swept = i == 0 ? request.swept : std::nullopt;
    std::optional<LayerGradients> layer = through_layer(
        convolution(results.scene.layers[i]),
        to_output(request, loss.source, i, std::move(next), swept), swept, request.way, stop);
    if (!layer) return std::nullopt;
    next = *layer->input;
    backward.layers[i] = std::move(*layer);
  }
  return backward;
}

}  // namespace

const Tensor& seed_plane(const BackwardScene& backward, const LayerResults& last) {
  if (begins_at_output(backward.source)) return *last.output;
  return last.pooled ? last.pooled->output : *last.activated;
}

SeedCell seed_cell(const BackwardScene& backward, const Shape& result) {
  const Yx wanted = backward.cell.value_or(Yx{(result.h - 1) / 2, (result.w - 1) / 2});
  return {
      std::clamp<Index>(backward.sample, 0, result.n - 1),
      std::clamp<Index>(backward.channel, 0, result.c - 1),
      {std::clamp<Index>(wanted.y, 0, result.h - 1), std::clamp<Index>(wanted.x, 0, result.w - 1)}};
}

Tensor gradient_seed(const BackwardScene& backward, const Shape& result) {
  Tensor seed(result);
  if (backward.source != GradientSource::kPicture) {
    const SeedCell at = seed_cell(backward, result);
    seed.at(at.sample, at.channel, at.cell.y, at.cell.x) = 1.0f;
    return seed;
  }
  if (!backward.picture) return seed;
  // A picture of another size keeps its cells where they are.
  const Tensor& picture = *backward.picture;
  const Shape& s = picture.shape();
  for (Index n = 0; n < std::min(result.n, s.n); ++n)
    for (Index c = 0; c < std::min(result.c, s.c); ++c)
      for (Index y = 0; y < std::min(result.h, s.h); ++y)
        for (Index x = 0; x < std::min(result.w, s.w); ++x)
          seed.at(n, c, y, x) = picture.at(n, c, y, x);
  return seed;
}

std::optional<LayerGradients> go_to_output(const BackwardRequest& request, std::size_t layer,
                                           const std::stop_token& stop) {
  if (request.training != nullptr) return of_error(*request.training);
  const Results& results = *request.results;
  const BackwardScene loss = loss_of(request);
  const Tensor& begun = seed_plane(loss, results.layers[request.layers - 1]);
  Tensor next = gradient_seed(loss, begun.shape());
  Conv2dWorkspace workspace;
  for (std::size_t i = request.layers; i-- > 0;) {
    LayerGradients gradients = to_output(request, loss.source, i, std::move(next), {});
    if (i == layer) return gradients;
    const LayerResults& at = gradients.layer;
    next = Tensor(at.input->shape());
    if (!conv2d_grad_input_into(*gradients.output, at.weight, at.options, next, workspace, stop))
      return std::nullopt;
  }
  return std::nullopt;
}

std::optional<BackwardResults> go_backward(const BackwardRequest& request,
                                           const std::stop_token& stop, const MemoryLimit& limit) {
  if (std::string why = missing(request, limit); !why.empty())
    return BackwardResults{request, {}, std::move(why)};
  try {
    return through_all(request, stop);
  } catch (const std::bad_alloc&) {
    return BackwardResults{request, {}, kNoMemory};
  }
}

}  // namespace convscope::session
