#include "app/session/shift_effect.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <new>
#include <span>

#include "engine/core/error.h"
#include "engine/core/number_text.h"
#include "engine/ops/relu.h"

namespace convscope::session {
namespace {

constexpr double kRounding = 1e-6;  // of the terms of a sum, of which there may be hundreds

// Returns picture `n` alone.
Tensor picture_of(const Tensor& stack, Index n) {
  const Shape& s = stack.shape();
  const auto count = static_cast<std::size_t>(s.c * s.h * s.w);
  return {Shape{1, s.c, s.h, s.w},
          stack.values().subspan(static_cast<std::size_t>(n) * count, count)};
}

// Returns the differences that rounding can make in channel `c` of the output: its sums may cancel,
// so that what it adds up tells, not what it gives.
float rounding_of(const LayerResults& layer, const Tensor& input, Index c) {
  float largest = 0.0f;
  for (const float value : input.values())
    if (std::isfinite(value)) largest = std::max(largest, std::abs(value));
  const Shape& w = layer.weight.shape();
  double weights = 0.0;
  const auto add_plane = [&](Index n, Index channel) {
    for (const float value : layer.weight.plane(n, channel))
      weights += static_cast<double>(std::abs(value));
  };
  if (layer.options.transposed) {
    for (Index n = 0; n < w.n; ++n)
      add_plane(n, c % w.c);
  } else {
    for (Index channel = 0; channel < w.c; ++channel)
      add_plane(c, channel);
  }
  const float bias = layer.bias.empty() ? 0.0f : layer.bias[static_cast<std::size_t>(c)];
  const double terms = weights * static_cast<double>(largest) + static_cast<double>(std::abs(bias));
  return static_cast<float>(kRounding * terms);
}

FoundMove compared(const Tensor& before, const Tensor& now, Index n, Index c,
                   const MoveQuestion& question) {
  return find_move(before.plane(0, c), now.plane(n, c), now.shape(), question);
}

// Fills in what is found; `layer` has an output.
bool compare(const LayerResults& layer, const Tensor& before, bool relu, ShiftEffect& effect,
             const std::stop_token& stop) {
  Tensor output;
  if (!conv2d_into(before, layer.weight, layer.bias, layer.options, output, stop)) return false;
  const Index n = effect.request.sample;
  const Index c = effect.request.channel;
  const ChainStep conv = conv_step(layer.weight.shape(), layer.options, before.shape());
  MoveQuestion question = move_question({&conv, 1}, effect.by);
  question.rounding = rounding_of(layer, before, c);
  effect.output = compared(output, *layer.output, n, c, question);
  if (!layer.pooled || stop.stop_requested()) return true;
  if (relu) relu_into(output, output);
  const std::array steps = {conv, pool_step(layer.pool, output.shape())};
  const Pool2dResult pooled = pool2d(output, layer.pool);
  MoveQuestion pooled_question = move_question(steps, effect.by);
  pooled_question.rounding = question.rounding;
  effect.pooled = compared(pooled.output, layer.pooled->output, n, c, pooled_question);
  return true;
}

}  // namespace

bool is_shifted(const Results& results) {
  const InputShift& shift = results.scene.input.shift;
  return shift.from != nullptr && shift.by != Yx{} &&
         shift.from->shape() == results.scene.input.tensor->shape();
}

std::optional<ShiftEffect> find_shift_effect(const ShiftRequest& request,
                                             const std::stop_token& stop) {
  const InputShift& shift = request.results->scene.input.shift;
  const LayerResults& layer = request.results->layers.front();
  ShiftEffect effect;
  effect.request = request;
  effect.by = shift.by;
  if (!layer.output) return effect;
  const Shape& x = shift.from->shape();
  const Shape& y = layer.output->shape();
  if (std::max(x.numel() / x.n, y.numel() / y.n) > kMaxComparedValues) {
    effect.failure = "Results of more than " + count_text(kMaxComparedValues) +
                     " values are not compared with those before the shift.";
    return effect;
  }
  effect.request.sample = std::clamp<Index>(request.sample, 0, x.n - 1);
  effect.request.channel = std::clamp<Index>(request.channel, 0, y.c - 1);
  try {
    const bool relu = convolution(request.results->scene.layers.front()).relu;
    if (!compare(layer, picture_of(*shift.from, effect.request.sample), relu, effect, stop))
      return std::nullopt;
  } catch (const Error& error) {
    effect.failure = std::string("Nothing was compared: ") + error.what() + ".";
  } catch (const std::bad_alloc&) {
    effect.failure = "There is not enough memory to compare with the results before the shift.";
  }
  return effect;
}

}  // namespace convscope::session
