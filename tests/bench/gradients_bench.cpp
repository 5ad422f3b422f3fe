// Google Benchmark suites of the gradients, of transposed and strided convolution and of the
// updates after a brush stroke. Items are values of the tensor that is computed.
#include <benchmark/benchmark.h>

#include "engine/ops/conv2d.h"
#include "engine/ops/conv2d_plan.h"
#include "engine/ops/pool2d.h"
#include "engine/ops/region_update.h"
#include "engine/ops/relu.h"
#include "tests/bench/names.h"
#include "tests/random_tensor.h"

namespace convscope::bench {
namespace {

void count(benchmark::State& state, const Tensor& computed) {
  state.SetItemsProcessed(state.iterations() * computed.numel());
}

// range: height, width. A layer of 3 to 16 channels, 3x3, stride 2.
struct Strided {
  explicit Strided(const benchmark::State& state, PaddingMode mode)
      : input(random_tensor({1, 3, state.range(0), state.range(1)}, 1)),
        weight(random_tensor({16, 3, 3, 3}, 2)) {
    options.stride = {2, 2};
    options.padding = {1, 1, 1, 1};
    options.padding_mode = mode;
    output = random_tensor(conv2d_output_shape(input.shape(), weight.shape(), options), 3);
  }
  Tensor input, weight, output;
  Conv2dOptions options;
  Conv2dWorkspace workspace;
};

void BM_Conv2dStride2(benchmark::State& state) {
  Strided d(state, PaddingMode::kZeros);
  for (auto _ : state)
    benchmark::DoNotOptimize(conv2d_into(d.input, d.weight, {}, d.options, d.output, d.workspace));
  count(state, d.output);
}

void grad_input(benchmark::State& state, PaddingMode mode) {
  Strided d(state, mode);
  for (auto _ : state)
    benchmark::DoNotOptimize(
        conv2d_grad_input_into(d.output, d.weight, d.options, d.input, d.workspace));
  count(state, d.input);
}

void BM_Conv2dStride2GradInput(benchmark::State& state) {
  grad_input(state, PaddingMode::kZeros);
}

void BM_Conv2dStride2ReflectGradInput(benchmark::State& state) {
  grad_input(state, PaddingMode::kReflect);
}

void BM_Conv2dStride2GradWeight(benchmark::State& state) {
  Strided d(state, PaddingMode::kZeros);
  for (auto _ : state)
    benchmark::DoNotOptimize(
        conv2d_grad_weight_into(d.input, d.output, d.options, d.weight, d.workspace));
  count(state, d.output);
}

void BM_ConvTranspose2d(benchmark::State& state) {
  Strided d(state, PaddingMode::kZeros);
  d.options.transposed = true;
  Tensor large;
  for (auto _ : state)
    benchmark::DoNotOptimize(conv2d_into(d.output, d.weight, {}, d.options, large, d.workspace));
  count(state, large);
}

void BM_Conv2dGradBias(benchmark::State& state) {
  const Strided d(state, PaddingMode::kZeros);
  for (auto _ : state)
    benchmark::DoNotOptimize(conv2d_grad_bias(d.output));
  count(state, d.output);
}

Tensor plane(const benchmark::State& state) {
  return random_tensor({1, 1, state.range(0), state.range(1)}, 1);
}

void BM_MaxPool2dGrad(benchmark::State& state) {
  Tensor input = plane(state);
  Conv2dWorkspace workspace;
  const Pool2dResult pooled = pool2d(input, {});
  for (auto _ : state)
    benchmark::DoNotOptimize(max_pool2d_grad_into(pooled.output, pooled.indices, input, workspace));
  count(state, input);
}

void BM_AveragePool2dGrad(benchmark::State& state) {
  Tensor input = plane(state);
  Pool2dOptions options;
  options.kind = PoolKind::kAverage;
  Conv2dWorkspace workspace;
  const Pool2dResult pooled = pool2d(input, options);
  for (auto _ : state)
    benchmark::DoNotOptimize(avg_pool2d_grad_into(pooled.output, options, input, workspace));
  count(state, input);
}

void BM_ReluGrad(benchmark::State& state) {
  const Tensor input = plane(state);
  for (auto _ : state)
    benchmark::DoNotOptimize(relu_grad(input, input));
  count(state, input);
}

// A stroke of at most 40x40 cells in the middle.
CellRect stroke(const Shape& s) {
  return {s.h / 2, s.w / 2, s.h / 2 + 40, s.w / 2 + 40};
}

// range: height, width, kernel
void BM_Conv2dUpdateInput(benchmark::State& state) {
  const Tensor input = plane(state);
  const Index k = state.range(2);
  const Tensor weight = random_tensor({1, 1, k, k}, 2);
  Conv2dOptions options;
  options.padding = same_padding({k, k}, {1, 1});
  Conv2dWorkspace workspace;
  Tensor output = conv2d(input, weight, {}, options);
  for (auto _ : state)
    benchmark::DoNotOptimize(
        conv2d_update_input(input, stroke(input.shape()), weight, {}, options, output, workspace));
}

void BM_Pool2dUpdate(benchmark::State& state) {
  const Tensor input = plane(state);
  Conv2dWorkspace workspace;
  Pool2dResult result = pool2d(input, {});
  for (auto _ : state)
    benchmark::DoNotOptimize(pool2d_update(input, stroke(input.shape()), {}, result, workspace));
}

void sizes(benchmark::internal::Benchmark* b) {
  for (const auto& [h, w] :
       {std::pair<Index, Index>{6, 8}, {28, 28}, {512, 512}, {1080, 1920}, {2160, 3840}})
    b->Args({h, w});
  b->UseRealTime();
}

void sizes_and_kernels(benchmark::internal::Benchmark* b) {
  for (const Index k : {3, 7, 15, 31}) {
    for (const auto& [h, w] : {std::pair<Index, Index>{28, 28}, {512, 512}, {1080, 1920}})
      b->Args({h, w, k});
  }
  b->UseRealTime();
}

BENCHMARK(BM_Conv2dStride2)->Apply(sizes);
BENCHMARK(BM_Conv2dStride2GradInput)->Apply(sizes);
BENCHMARK(BM_Conv2dStride2ReflectGradInput)->Apply(sizes);
BENCHMARK(BM_Conv2dStride2GradWeight)->Apply(sizes);
BENCHMARK(BM_ConvTranspose2d)->Apply(sizes);
BENCHMARK(BM_Conv2dGradBias)->Apply(sizes);
BENCHMARK(BM_MaxPool2dGrad)->Apply(sizes);
BENCHMARK(BM_AveragePool2dGrad)->Apply(sizes);
BENCHMARK(BM_ReluGrad)->Apply(sizes);
BENCHMARK(BM_Conv2dUpdateInput)->Apply(sizes_and_kernels);
BENCHMARK(BM_Pool2dUpdate)->Apply(sizes);

}  // namespace
}  // namespace convscope::bench
