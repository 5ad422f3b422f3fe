#include "app/session/backward.h"

#include <algorithm>
#include <new>
#include <utility>

#include "app/files/memory_sum.h"
#include "app/scene/shared_tensor.h"
#include "app/session/layer_evaluation.h"
#include "engine/core/error.h"
#include "engine/ops/memory_need.h"
#include "engine/ops/padded_gradient.h"
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

// A spread gradient of more values than this is not made; its cells would be too small to see.
constexpr Index kMaxSpread = Index{1} << 22;

// Returns ∂L/∂X in the frame of the padding's gradients.
Tensor framed(const Tensor& grad_input, Tensor padded, const Padding& padding) {
  const Shape& s = grad_input.shape();
  for (Index n = 0; n < s.n; ++n)
    for (Index c = 0; c < s.c; ++c)
      for (Index y = 0; y < s.h; ++y)
        std::copy_n(grad_input.row(n, c, y), s.w, padded.row(n, c, y + padding.top) + padding.left);
  return padded;
}

// Fills in what shows how the input's gradient comes about.
void show_way(const Tensor& grad_output, const Tensor& grad_input, LayerGradients& gradients) {
  const LayerResults& layer = gradients.layer;
  const Conv2dOptions& options = layer.options;
  if (options.transposed) return;
  const Shape& input = grad_input.shape();
  if (options.padding != Padding{}) {
    gradients.framed = shared_tensor(
        framed(grad_input, conv2d_grad_padded_input(grad_output, layer.weight, input, options),
               options.padding));
  }
  const Shape& y = grad_output.shape();
  if (y.n * y.c * (input.h + options.stride.y) * (input.w + options.stride.x) <= kMaxSpread)
    gradients.spread =
        shared_tensor(stride_spread(grad_output, layer.weight.shape(), input, options));
}

// Fills in the gradients of the input and the parameters of `gradients.layer` from that of its
// output. `shared` says whether one kernel is repeated for every channel.
bool through_convolution(const Tensor& grad_output, bool shared, LayerGradients& gradients,
                         const std::stop_token& stop) {
  const LayerResults& layer = gradients.layer;
  Conv2dWorkspace workspace;
  Tensor grad(layer.input->shape());
  if (!conv2d_grad_input_into(grad_output, layer.weight, layer.options, grad, workspace, stop))
    return false;
  Tensor weight(layer.weight.shape());
  if (!conv2d_grad_weight_into(*layer.input, grad_output, layer.options, weight, workspace, stop))
    return false;
  show_way(grad_output, grad, gradients);
  gradients.bias = conv2d_grad_bias(grad_output);
  if (shared) {
    double total = 0.0;
    for (const float each : gradients.bias)
      total += static_cast<double>(each);
    gradients.bias = {static_cast<float>(total)};
    weight = summed_over_channels(weight);
  }
  gradients.input = shared_tensor(std::move(grad));
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
    const Tensor ones(results.output->shape(), 1.0f);
    gradients.mask = shared_tensor(relu_grad(ones, *results.output));
  }
  return gradients;
}

// A gradient of the output itself has gone through neither pooling nor ReLU.
LayerGradients of_output(Tensor gradient) {
  LayerGradients gradients;
  gradients.output = shared_tensor(std::move(gradient));
  gradients.activated = gradients.output;
  return gradients;
}

// Goes on from the gradient of the output to those of input and parameters.
std::optional<LayerGradients> through_layer(const ConvolutionLayer& layer,
                                            const LayerResults& results, LayerGradients gradients,
                                            const std::optional<SweptGradient>& swept,
                                            const std::stop_token& stop) {
  gradients.layer = results;
  gradients.output_reached = reached_by(swept, false, gradients.output);
  if (!through_convolution(*gradients.output_reached, !layer.kernel.layer, gradients, stop))
    return std::nullopt;
  return gradients;
}

// Goes back from the error of the learning, whose prediction has neither ReLU nor pooling.
std::optional<LayerGradients> through_learning(const TrainingSnapshot& training,
                                               const std::optional<SweptGradient>& swept,
                                               const std::stop_token& stop) {
  const LearningProblem& problem = *training.problem;
  LayerGradients gradients;
  Tensor of_output = *training.error;
  const double factor =
      problem.reduction == Reduction::kSum ? 2.0 : 2.0 / static_cast<double>(of_output.numel());
  for (float& value : of_output.values())
    value = static_cast<float>(factor * static_cast<double>(value));
  gradients.output = shared_tensor(std::move(of_output));
  gradients.activated = gradients.output;
  LayerResults& layer = gradients.layer;
  layer.weight = expanded({training.weight, {}}, problem).weight;
  layer.options = problem.options;
  layer.input = std::shared_ptr<const Tensor>(training.problem, &problem.input);
  layer.output = training.error;
  layer.activated = layer.output;
  gradients.output_reached = reached_by(swept, false, gradients.output);
  const bool shared = is_shared(training.weight.shape(), problem);
  if (!through_convolution(*gradients.output_reached, shared, gradients, stop)) return std::nullopt;
  return gradients;
}

// Returns the memory that the gradients of these results take.
Bytes bytes_needed(const BackwardRequest& request) {
  Bytes bytes = 0.0;
  for (std::size_t i = 0; i < request.layers; ++i) {
    const LayerResults& results = request.results->layers[i];
    const Shape& input = results.input->shape();
    const Shape& weight = results.weight.shape();
    // That of a swept gradient stands beside the whole one.
    bytes += 2.0 * tensor_bytes(input) + 3.0 * tensor_bytes(results.output->shape());
    bytes += 3.0 * tensor_bytes(weight);
    if (results.pooled) bytes += 2.0 * tensor_bytes(results.pooled->output.shape());
    if (!results.options.transposed) {
      const Padding& p = results.options.padding;
      bytes +=
          tensor_bytes({input.n, input.c, p.top + input.h + p.bottom, p.left + input.w + p.right});
    }
    bytes += std::max(conv2d_grad_input_scratch_bytes(input, weight, results.options),
                      conv2d_grad_weight_scratch_bytes(input, weight, results.options));
  }
  return bytes;
}

// Returns why these layers have no gradient; empty if they have one.
std::string missing(const BackwardRequest& request, const MemoryLimit& limit) {
  if (request.training != nullptr)
    return request.training->error ? "" : "the learning has no error yet";
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
  return MemorySum(limit).add("the gradients would be computed", bytes_needed(request));
}

std::optional<BackwardResults> through_all(const BackwardRequest& request,
                                           const std::stop_token& stop) {
  BackwardResults backward{request, {}, ""};
  if (request.training != nullptr) {
    std::optional<LayerGradients> only = through_learning(*request.training, request.swept, stop);
    if (!only) return std::nullopt;
    backward.layers.push_back(std::move(*only));
    return backward;
  }
  const Results& results = *request.results;
  backward.layers.resize(request.layers);
  const BackwardScene& from = results.scene.backward;
  Tensor next = gradient_seed(from, seed_shape(from, results.layers[request.layers - 1]));
  for (std::size_t i = request.layers; i-- > 0;) {
    const ConvolutionLayer& scene = convolution(results.scene.layers[i]);
    const LayerResults& at = results.layers[i];
    const std::optional<SweptGradient> swept = i == 0 ? request.swept : std::nullopt;
    const bool begins = i + 1 == request.layers && from.source == GradientSource::kOutputCell;
    std::optional<LayerGradients> layer = through_layer(
        scene, at,
        begins ? of_output(std::move(next)) : through_pooling(scene, at, std::move(next), swept),
        swept, stop);
    if (!layer) return std::nullopt;
    next = *layer->input;
    backward.layers[i] = std::move(*layer);
  }
  return backward;
}

}  // namespace

const Shape& seed_shape(const BackwardScene& backward, const LayerResults& last) {
  const bool at_output = backward.source == GradientSource::kOutputCell || !last.pooled;
  return at_output ? last.output->shape() : last.pooled->output.shape();
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
