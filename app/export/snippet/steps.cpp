#include "app/export/snippet/steps.h"

#include <algorithm>
#include <numeric>

#include "app/export/snippet/python.h"
#include "app/scene/stage.h"
#include "engine/core/error.h"
#include "engine/ops/pool2d_shape.h"

namespace convscope::exports {
namespace {

constexpr Index kCheckedValues = 64;

void require_results(const SnippetSource& source, std::size_t index) {
  const LayerResults& layer = source.results->layers[index];
  const bool several = source.results->layers.size() > 1;
  const std::string which =
      several ? "layer " + std::to_string(index + 1) + " has no output: " : "there is no output: ";
  if (!layer.output) throw Error(which + layer.output_error);
  if (!layer.exact)
    throw Error("the output is still being evaluated in full; copy it again in a moment");
}

bool is_plane(const Tensor& tensor) {
  return tensor.shape().n == 1 && tensor.shape().c == 1;
}

}  // namespace

std::string SnippetLayer::output() const {
  return (pooled ? "pooled" : scene->relu ? "activated" : "y") + end;
}

SnippetSteps steps_of(const SnippetSource& source) {
  SnippetSteps steps;
  steps.plane = true;
  const Results& results = *source.results;
  std::string input = "x";
  for (std::size_t i = 0; i < results.layers.size(); ++i) {
    require_results(source, i);
    const LayerResults& layer = results.layers[i];
    SnippetLayer step{&layer, &convolution(results.scene.layers[i]),
                      i == 0 ? "" : "_" + std::to_string(i + 1), input};
    step.pooled = layer.pooled && has_pooling_stage(*step.scene, i);
    input = step.output();
    steps.plane = steps.plane && is_plane(*layer.input) && is_plane(layer.weight);
    steps.loads = steps.loads || (i == 0 && is_loaded(*layer.input)) ||
                  is_loaded(step.shared() ? step.scene->kernel.weight : layer.weight);
    steps.finite = steps.finite && python::finite(layer.input->values()) &&
                   python::finite(layer.weight.values()) && python::finite(layer.bias) &&
                   python::finite(layer.output->values()) &&
                   (!step.pooled || python::finite(layer.pooled->output.values()));
    steps.layers.push_back(std::move(step));
  }
  return steps;
}

Padding pool_reads(const Shape& input, const Pool2dOptions& pool) {
  const Shape output = pool2d_output_shape(input, pool);
  const auto after = [](Index outputs, Index stride, Index dilation, Index kernel, Index before,
                        Index n) {
    return std::max<Index>(0, (outputs - 1) * stride + dilation * (kernel - 1) + 1 - before - n);
  };
  const Padding& p = pool.padding;
  return {p.top, p.left,
          after(output.h, pool.stride.y, pool.dilation.y, pool.kernel.y, p.top, input.h),
          after(output.w, pool.stride.x, pool.dilation.x, pool.kernel.x, p.left, input.w)};
}

AverageDivisor divisor_of(const Shape& input, const Pool2dOptions& pool) {
  if (pool.divisor_override != 0) return AverageDivisor::kGiven;
  const Padding reads = pool_reads(input, pool);
  const bool beyond = reads.bottom > pool.padding.bottom || reads.right > pool.padding.right;
  const bool padded = reads != Padding{};
  return (pool.count_include_pad ? beyond : padded) ? AverageDivisor::kCounted
                                                    : AverageDivisor::kWindow;
}

Index checked_step(const Tensor& tensor) {
  Index step = (tensor.numel() + kCheckedValues - 1) / kCheckedValues;
  while (std::gcd(step, tensor.shape().w * tensor.shape().h) != 1)
    ++step;
  return step;
}

std::vector<float> checked_values(const Tensor& tensor) {
  std::vector<float> values;
  const auto step = static_cast<std::size_t>(checked_step(tensor));
  for (std::size_t at = 0; at < tensor.values().size(); at += step)
    values.push_back(tensor.values()[at]);
  return values;
}

}  // namespace convscope::exports
