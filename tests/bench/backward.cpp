// How long gradients take beside the forward computation, of convolutions, of pooling and ReLU.
// Forward and backward take turns within one run, so that a machine's mood meets all of them; what
// is printed are medians. The instruction set is held to CONVSCOPE_SIMD as in the program.
//
//   bench_backward [turns = 15] [part of a title]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/explain/explain_backward.h"
#include "engine/explain/explain_grad_weight.h"
#include "engine/ops/conv2d_plan.h"
#include "engine/ops/padded_gradient.h"
#include "engine/ops/relu.h"
#include "engine/ops/simd_limit.h"
#include "tests/bench/names.h"
#include "tests/random_tensor.h"

namespace convscope::bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Computation {
  std::string name;
  std::function<void()> run;
};

// What the command line asks for.
struct Order {
  int turns = 15;
  std::string part;  // of the titles that are measured
  bool wants(const std::string& title) const { return title.find(part) != std::string::npos; }
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
                        const Conv2dOptions& options, const Order& order) {
  if (!order.wants(title)) return;
  const Tensor input = random_tensor(input_shape, 1);
  const Tensor weight = random_tensor(k, 2);
  Tensor output, grad_input(input_shape), grad_weight(k);
  const Tensor grad = random_tensor(conv2d_output_shape(input_shape, k, options), 3);
  Conv2dWorkspace workspaces[3];
  BackwardSum cell;
  GradientSum place;
  report(
      title, order.turns,
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

Conv2dOptions same(const Shape& k, PaddingMode mode = PaddingMode::kZeros) {
  Conv2dOptions options;
  options.padding = same_padding({k.h, k.w}, {1, 1});
  options.padding_mode = mode;
  return options;
}

void report_pooling(const std::string& title, const Pool2dOptions& options, const Order& order) {
  if (!order.wants(title)) return;
  const Tensor input = random_tensor(kPlane, 1);
  Tensor grad_input(kPlane);
  Pool2dResult pooled;
  Conv2dWorkspace workspaces[2];
  PoolBackwardSum cell;
  const bool max = options.kind == PoolKind::kMax;
  report(title, order.turns,
         {{"forward", [&] { (void)pool2d_into(input, options, pooled, workspaces[0]); }},
          {"gradient of the input",
           [&] {
             if (max)
               (void)max_pool2d_grad_into(pooled.output, pooled.indices, grad_input, workspaces[1]);
             else
               (void)avg_pool2d_grad_into(pooled.output, options, grad_input, workspaces[1]);
           }},
          {"one cell explained", [&] {
             cell = explain_pool_grad(pooled.output, pooled.indices, input, options, 0, 0, {9, 9});
           }}});
}

void report_relu(const Order& order) {
  if (!order.wants("ReLU")) return;
  const Tensor input = random_tensor(kPlane, 1, -1.0f, 1.0f);
  Tensor output, gradient;
  report("ReLU", order.turns,
         {{"forward, allocated", [&] { output = relu(input); }},
          {"gradient, allocated", [&] { gradient = relu_grad(input, input); }}});
}

void report_convolutions(const Order& order) {
  for (const Index k : {1, 3, 5, 7, 11}) {
    const Shape weight{1, 1, k, k};
    const std::string size = std::to_string(k) + "x" + std::to_string(k);
    report_convolution(size, kPlane, weight, same(weight), order);
    if (k != 3 && k != 7) continue;
    report_convolution(size + ", reflect", kPlane, weight, same(weight, PaddingMode::kReflect),
                       order);
    const Shape layer{8, 3, k, k};
    report_convolution(size + ", 3 to 8 channels", {1, 3, 1080, 1920}, layer, same(layer), order);
    report_convolution(size + ", 512x512", {1, 1, 512, 512}, weight, same(weight), order);
    report_convolution(size + ", 1024x2048", {1, 1, 1024, 2048}, weight, same(weight), order);
    report_convolution(size + ", 2160x3840", {1, 1, 2160, 3840}, weight, same(weight), order);
  }
  Conv2dOptions stride_2 = same({1, 1, 3, 3});
  stride_2.stride = {2, 2};
  report_convolution("3x3, stride 2", kPlane, {1, 1, 3, 3}, stride_2, order);
  report_convolution("[32,3,128,128] to 7, 5x5", {32, 3, 128, 128}, {7, 3, 5, 5},
                     same({7, 3, 5, 5}), order);
  report_convolution("[1,16,224,224] to 32, 3x3", {1, 16, 224, 224}, {32, 16, 3, 3},
                     same({32, 16, 3, 3}), order);
}

void report_all(const Order& order) {
  std::printf("| of 1920x1080, or as titled | | ms | beside forward |\n|---|---|---|---|\n");
  report_convolutions(order);
  for (const PoolKind kind : {PoolKind::kMax, PoolKind::kAverage}) {
    const std::string name = kind == PoolKind::kMax ? "max" : "average";
    Pool2dOptions options;
    options.kind = kind;
    report_pooling(name + " 2x2", options, order);
    options.kernel = {3, 3};
    report_pooling(name + " 3x3, stride 2", options, order);
    options.padding = {1, 1, 1, 1};
    options.stride = {1, 1};
    report_pooling(name + " 3x3, stride 1", options, order);
    options.padding = {};
    options.stride = {3, 3};
    report_pooling(name + " 3x3, stride 3", options, order);
  }
  report_relu(order);
}

}  // namespace
}  // namespace convscope::bench

int main(int argc, char** argv) {
  convscope::bench::Order order;
  if (argc > 1) order.turns = std::max(1, std::atoi(argv[1]));
  if (argc > 2) order.part = argv[2];
  const char* simd = std::getenv("CONVSCOPE_SIMD");
  try {
    if (simd != nullptr && *simd != '\0') convscope::engine::limit_simd(simd);
  } catch (const std::invalid_argument& error) {
    std::fprintf(stderr, "CONVSCOPE_SIMD %s.\n", error.what());
    return 2;
  }
  convscope::bench::report_all(order);
}
