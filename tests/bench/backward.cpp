// How long gradients take beside the forward computation, of a convolution at 1920x1080, of pooling
// and ReLU. Forward and backward take turns within one run, so that a machine's mood meets all of
// them; what is printed are medians.
//
//   bench_backward [turns = 15]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include "engine/explain/explain_backward.h"
#include "engine/explain/explain_grad_weight.h"
#include "engine/ops/conv2d_plan.h"
#include "engine/ops/padded_gradient.h"
#include "engine/ops/relu.h"
#include "tests/bench/names.h"
#include "tests/random_tensor.h"

namespace convscope::bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Computation {
  std::string name;
  std::function<void()> run;
};

double milliseconds_of(const std::function<void()>& run) {
  const auto begin = Clock::now();
  run();
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

// Prints a line for each computation, with its ratio to the first.
void report(const std::string& title, int turns, const std::vector<Computation>& computations) {
  std::vector<std::vector<double>> times(computations.size());
  for (int turn = -1; turn < turns; ++turn) {  // the first turn makes the workspaces
    for (std::size_t i = 0; i < computations.size(); ++i) {
      const double time = milliseconds_of(computations[i].run);
      if (turn >= 0) times[i].push_back(time);
    }
  }
  double first = 0.0;
  for (std::size_t i = 0; i < computations.size(); ++i) {
    std::ranges::nth_element(times[i], times[i].begin() + turns / 2);
    const double median = times[i][static_cast<std::size_t>(turns / 2)];
    if (i == 0) first = median;
    std::printf("| %s | %s | %.2f | %.2f |\n", title.c_str(), computations[i].name.c_str(), median,
                median / first);
  }
  std::fflush(stdout);
}

const Shape kPlane{1, 1, 1080, 1920};

void report_convolution(const std::string& title, const Shape& input_shape, const Shape& k,
                        const Conv2dOptions& options, int turns) {
  const Tensor input = random_tensor(input_shape, 1);
  const Tensor weight = random_tensor(k, 2);
  Tensor output, grad_input(input_shape), grad_weight(k);
  const Tensor grad = random_tensor(conv2d_output_shape(input_shape, k, options), 3);
  Conv2dWorkspace workspaces[3];
  BackwardSum cell;
  GradientSum place;
  report(
      title, turns,
      {{"forward", [&] { (void)conv2d_into(input, weight, {}, options, output, workspaces[0]); }},
       {"gradient of the input",
        [&] { (void)conv2d_grad_input_into(grad, weight, options, grad_input, workspaces[1]); }},
       {"gradient of the weight",
        [&] { (void)conv2d_grad_weight_into(input, grad, options, grad_weight, workspaces[2]); }},
       {"gradient of the padded input, allocated",
        [&] { (void)conv2d_grad_padded_input(grad, weight, input_shape, options); }},
       {"one input cell explained",
        [&] {
          cell = explain_grad_input(grad, weight, input_shape, options, 0, 0, {9, 9});
        }},
       {"one weight explained", [&] {
          place = explain_grad_weight(input, grad, k, options, {0, 0, 0, 0});
        }}});
}

Conv2dOptions same(const Shape& k, PaddingMode mode) {
  Conv2dOptions options;
  options.padding = same_padding({k.h, k.w}, {1, 1});
  options.padding_mode = mode;
  return options;
}

void report_pooling(const std::string& title, PoolKind kind, int turns) {
  Pool2dOptions options;
  options.kind = kind;
  const Tensor input = random_tensor(kPlane, 1);
  Tensor grad_input(kPlane);
  Pool2dResult pooled;
  Conv2dWorkspace workspaces[2];
  PoolBackwardSum cell;
  report(title, turns,
         {{"forward", [&] { (void)pool2d_into(input, options, pooled, workspaces[0]); }},
          {"gradient of the input",
           [&] {
             if (kind == PoolKind::kMax)
               (void)max_pool2d_grad_into(pooled.output, pooled.indices, grad_input, workspaces[1]);
             else
               (void)avg_pool2d_grad_into(pooled.output, options, grad_input, workspaces[1]);
           }},
          {"one cell explained", [&] {
             cell = explain_pool_grad(pooled.output, pooled.indices, input, options, 0, 0, {9, 9});
           }}});
}

void report_relu(int turns) {
  const Tensor input = random_tensor(kPlane, 1, -1.0f, 1.0f);
  Tensor output, gradient;
  report("ReLU", turns,
         {{"forward, allocated", [&] { output = relu(input); }},
          {"gradient, allocated", [&] { gradient = relu_grad(input, input); }}});
}

void report_all(int turns) {
  std::printf("| of 1920x1080 | | ms | beside forward |\n|---|---|---|---|\n");
  for (const Index k : {3, 7}) {
    const Shape weight{1, 1, k, k};
    const std::string size = std::to_string(k) + "x" + std::to_string(k);
    report_convolution(size, kPlane, weight, same(weight, PaddingMode::kZeros), turns);
    report_convolution(size + ", reflect", kPlane, weight, same(weight, PaddingMode::kReflect),
                       turns);
    const Shape layer{8, 3, k, k};
    report_convolution(size + ", 3 to 8 channels", {1, 3, 1080, 1920}, layer,
                       same(layer, PaddingMode::kZeros), turns);
  }
  report_pooling("max 2x2", PoolKind::kMax, turns);
  report_pooling("average 2x2", PoolKind::kAverage, turns);
  report_relu(turns);
}

}  // namespace
}  // namespace convscope::bench

int main(int argc, char** argv) {
  convscope::bench::report_all(argc > 1 ? std::max(1, std::atoi(argv[1])) : 15);
}
