// Google Benchmark suites of the operators, from 6x8 to 4K. Items are output values.
#include <benchmark/benchmark.h>

#include "engine/learning/gram_sums.h"
#include "engine/ops/conv2d.h"
#include "engine/ops/conv2d_plan.h"
#include "engine/ops/loss.h"
#include "engine/ops/pool2d.h"
#include "engine/ops/relu.h"
#include "engine/ops/weight_update.h"
#include "tests/bench/names.h"
#include "tests/random_tensor.h"

namespace convscope::bench {
namespace {

// range: height, width, kernel
Shape plane(const benchmark::State& state) {
  return {1, 1, state.range(0), state.range(1)};
}

struct ConvData {
  explicit ConvData(const benchmark::State& state, const Shape& weight_shape)
      : input(random_tensor({1, weight_shape.c, state.range(0), state.range(1)}, 1)),
        weight(random_tensor(weight_shape, 2)) {
    options.padding = same_padding({weight_shape.h, weight_shape.w}, {1, 1});
    output = random_tensor(conv2d_output_shape(input.shape(), weight_shape, options), 3);
  }
  Tensor input, weight, output;
  Conv2dOptions options;
  Conv2dWorkspace workspace;
};

void count(benchmark::State& state, const Tensor& output) {
  state.SetItemsProcessed(state.iterations() * output.numel());
}

void BM_Conv2d(benchmark::State& state) {
  ConvData d(state, {1, 1, state.range(2), state.range(2)});
  for (auto _ : state)
    benchmark::DoNotOptimize(conv2d_into(d.input, d.weight, {}, d.options, d.output, d.workspace));
  count(state, d.output);
}

void BM_Conv2dSeparable(benchmark::State& state) {
  const Index k = state.range(2);
  ConvData d(state, {1, 1, k, k});
  for (Index v = 0; v < k; ++v)
    for (Index u = 0; u < k; ++u)
      d.weight.at(v, u) = static_cast<float>((v + 1) * (u + 2));
  for (auto _ : state)
    benchmark::DoNotOptimize(conv2d_into(d.input, d.weight, {}, d.options, d.output, d.workspace));
  count(state, d.output);
}

// Each path, whichever would be chosen.
void BM_Conv2dPath(benchmark::State& state, Conv2dPath path) {
  ConvData d(state, {1, 1, state.range(2), state.range(2)});
  if (!path_fits(path, d.input.shape(), d.weight.shape(), d.options))
    return state.SkipWithError("does not fit");
  for (auto _ : state)
    benchmark::DoNotOptimize(
        correlate(d.input, d.weight, {}, d.options, d.output, d.workspace, {}, path));
  count(state, d.output);
}

void BM_Conv2dTransposed(benchmark::State& state) {
  const Tensor input = random_tensor(plane(state), 1);
  const Tensor weight = random_tensor({1, 1, state.range(2), state.range(2)}, 2);
  Conv2dOptions options;
  options.transposed = true;
  options.stride = {state.range(3), state.range(3)};
  Tensor output;
  Conv2dWorkspace workspace;
  for (auto _ : state)
    benchmark::DoNotOptimize(conv2d_into(input, weight, {}, options, output, workspace));
  count(state, output);
}

void BM_Conv2dLayer(benchmark::State& state) {
  ConvData d(state, {16, 3, 3, 3});
  for (auto _ : state)
    benchmark::DoNotOptimize(conv2d_into(d.input, d.weight, {}, d.options, d.output, d.workspace));
  count(state, d.output);
}

void BM_Conv2dGradInput(benchmark::State& state) {
  ConvData d(state, {16, 3, 3, 3});
  for (auto _ : state)
    benchmark::DoNotOptimize(
        conv2d_grad_input_into(d.output, d.weight, d.options, d.input, d.workspace));
  count(state, d.output);
}

void BM_Conv2dGradWeight(benchmark::State& state) {
  ConvData d(state, {16, 3, 3, 3});
  for (auto _ : state)
    benchmark::DoNotOptimize(
        conv2d_grad_weight_into(d.input, d.output, d.options, d.weight, d.workspace));
  count(state, d.output);
}

void BM_Conv2dGradWeightOfPlane(benchmark::State& state) {
  ConvData d(state, {1, 1, state.range(2), state.range(2)});
  for (auto _ : state)
    benchmark::DoNotOptimize(
        conv2d_grad_weight_into(d.input, d.output, d.options, d.weight, d.workspace));
  count(state, d.output);
}

void BM_Conv2dUpdateWeight(benchmark::State& state) {
  ConvData d(state, {1, 1, state.range(2), state.range(2)});
  float delta = 0.5f;
  for (auto _ : state) {
    delta = -delta;
    benchmark::DoNotOptimize(conv2d_update_weight(d.input, Yx{1, 1}, delta, d.options, d.output));
  }
  count(state, d.output);
}

// range: height, width, stride. Of a 3x3 kernel.
void BM_Conv2dUpdateWeightStride(benchmark::State& state) {
  const Tensor input = random_tensor(plane(state), 1);
  Conv2dOptions options;
  options.stride = {state.range(2), state.range(2)};
  options.padding = {1, 1, 1, 1};
  Tensor output = random_tensor(conv2d_output_shape(input.shape(), {1, 1, 3, 3}, options), 2);
  float delta = 0.5f;
  for (auto _ : state) {
    delta = -delta;
    benchmark::DoNotOptimize(conv2d_update_weight(input, Yx{1, 1}, delta, options, output));
  }
  count(state, output);
}

void BM_MaxPool2d(benchmark::State& state) {
  const Tensor input = random_tensor(plane(state), 1);
  Pool2dResult result;
  Conv2dWorkspace workspace;
  for (auto _ : state)
    benchmark::DoNotOptimize(pool2d_into(input, {}, result, workspace));
  count(state, result.output);
}

void BM_AveragePool2d(benchmark::State& state) {
  const Tensor input = random_tensor(plane(state), 1);
  Pool2dOptions options;
  options.kind = PoolKind::kAverage;
  Tensor output;
  Conv2dWorkspace workspace;
  for (auto _ : state)
    benchmark::DoNotOptimize(pool2d_values_into(input, options, output, workspace));
  count(state, output);
}

void BM_MaxPool2dOverlapping(benchmark::State& state) {
  const Tensor input = random_tensor(plane(state), 1);
  Pool2dOptions options;
  options.kernel = {3, 3};
  options.padding = {1, 1, 1, 1};
  Tensor output;
  Conv2dWorkspace workspace;
  for (auto _ : state)
    benchmark::DoNotOptimize(pool2d_values_into(input, options, output, workspace));
  count(state, output);
}

void BM_MaxPool2dGrad(benchmark::State& state) {
  Tensor input = random_tensor(plane(state), 1);
  const Pool2dResult pooled = pool2d(input, {});
  Conv2dWorkspace workspace;
  for (auto _ : state)
    benchmark::DoNotOptimize(max_pool2d_grad_into(pooled.output, pooled.indices, input, workspace));
  count(state, input);
}

void BM_AveragePool2dGrad(benchmark::State& state) {
  Tensor input = random_tensor(plane(state), 1);
  Pool2dOptions options;
  options.kind = PoolKind::kAverage;
  const Pool2dResult pooled = pool2d(input, options);
  Conv2dWorkspace workspace;
  for (auto _ : state)
    benchmark::DoNotOptimize(avg_pool2d_grad_into(pooled.output, options, input, workspace));
  count(state, input);
}

void BM_SquaredError(benchmark::State& state) {
  const Tensor prediction = random_tensor(plane(state), 1);
  const Tensor target = random_tensor(plane(state), 2);
  for (auto _ : state)
    benchmark::DoNotOptimize(squared_error(prediction, target, Reduction::kMean));
  count(state, target);
}

void BM_SquaredErrorGrad(benchmark::State& state) {
  const Tensor prediction = random_tensor(plane(state), 1);
  const Tensor target = random_tensor(plane(state), 2);
  Tensor grad;
  for (auto _ : state)
    squared_error_grad(prediction, target, Reduction::kMean, grad);
  count(state, target);
}

// Both at once, as a step of learning does it.
void BM_SubtractTarget(benchmark::State& state) {
  Tensor prediction = random_tensor(plane(state), 1);
  const Tensor target(plane(state));
  for (auto _ : state)
    benchmark::DoNotOptimize(subtract_target(prediction, target, Reduction::kMean));
  count(state, target);
}

// What learning by the Gram matrix builds once.
void BM_GramSums(benchmark::State& state) {
  ConvData d(state, {1, 1, 7, 7});
  for (auto _ : state)
    benchmark::DoNotOptimize(gram_sums(d.input, d.output, d.weight.shape(), d.options, true));
  count(state, d.output);
}

void BM_ReluGrad(benchmark::State& state) {
  const Tensor input = random_tensor(plane(state), 1);
  const Tensor grad_output = random_tensor(plane(state), 2);
  for (auto _ : state)
    benchmark::DoNotOptimize(relu_grad(grad_output, input));
  count(state, input);
}

void BM_Relu(benchmark::State& state) {
  const Tensor input = random_tensor(plane(state), 1);
  Tensor output;
  for (auto _ : state)
    relu_into(input, output);
  count(state, output);
}

void sizes(benchmark::internal::Benchmark* b) {
  for (const auto& [h, w] :
       {std::pair<Index, Index>{6, 8}, {28, 28}, {512, 512}, {1080, 1920}, {2160, 3840}})
    b->Args({h, w});
  b->UseRealTime();
}

void sizes_and_kernels(benchmark::internal::Benchmark* b) {
  for (const Index k : {3, 5, 7, 11, 15, 31}) {
    for (const auto& [h, w] :
         {std::pair<Index, Index>{6, 8}, {28, 28}, {512, 512}, {1080, 1920}, {2160, 3840}})
      b->Args({h, w, k});
  }
  b->UseRealTime();
}

void sizes_and_strides(benchmark::internal::Benchmark* b) {
  for (const Index stride : {1, 2}) {
    for (const auto& [h, w] :
         {std::pair<Index, Index>{6, 8}, {28, 28}, {512, 512}, {1080, 1920}, {2160, 3840}})
      b->Args({h, w, 3, stride});
  }
  b->UseRealTime();
}

void strides_of_updates(benchmark::internal::Benchmark* b) {
  for (const Index stride : {1, 2, 3, 4, 5}) {
    for (const auto& [h, w] : {std::pair<Index, Index>{28, 28}, {512, 512}, {1080, 1920}})
      b->Args({h, w, stride});
  }
  b->UseRealTime();
}

BENCHMARK(BM_Conv2d)->Apply(sizes_and_kernels);
BENCHMARK_CAPTURE(BM_Conv2dPath, plain, Conv2dPath::kPlain)->Apply(sizes_and_kernels);
BENCHMARK_CAPTURE(BM_Conv2dPath, plane, Conv2dPath::kPlane)->Apply(sizes_and_kernels);
BENCHMARK_CAPTURE(BM_Conv2dPath, layer, Conv2dPath::kLayer)->Apply(sizes_and_kernels);
BENCHMARK_CAPTURE(BM_Conv2dPath, fft, Conv2dPath::kFft)->Apply(sizes_and_kernels);
BENCHMARK_CAPTURE(BM_Conv2dPath, low_rank, Conv2dPath::kLowRank)->Apply(sizes_and_kernels);
BENCHMARK(BM_Conv2dTransposed)->Apply(sizes_and_strides);
BENCHMARK(BM_Conv2dSeparable)->Apply(sizes_and_kernels);
BENCHMARK(BM_Conv2dLayer)->Apply(sizes);
BENCHMARK(BM_Conv2dGradInput)->Apply(sizes);
BENCHMARK(BM_Conv2dGradWeight)->Apply(sizes);
BENCHMARK(BM_Conv2dGradWeightOfPlane)->Apply(sizes_and_kernels);
BENCHMARK(BM_Conv2dUpdateWeight)->Apply(sizes_and_kernels);
BENCHMARK(BM_Conv2dUpdateWeightStride)->Apply(strides_of_updates);
BENCHMARK(BM_MaxPool2d)->Apply(sizes);
BENCHMARK(BM_AveragePool2d)->Apply(sizes);
BENCHMARK(BM_MaxPool2dOverlapping)->Apply(sizes);
BENCHMARK(BM_MaxPool2dGrad)->Apply(sizes);
BENCHMARK(BM_AveragePool2dGrad)->Apply(sizes);
BENCHMARK(BM_Relu)->Apply(sizes);
BENCHMARK(BM_ReluGrad)->Apply(sizes);
BENCHMARK(BM_SquaredError)->Apply(sizes);
BENCHMARK(BM_SquaredErrorGrad)->Apply(sizes);
BENCHMARK(BM_SubtractTarget)->Apply(sizes);
BENCHMARK(BM_GramSums)->Apply(sizes);

}  // namespace
}  // namespace convscope::bench
