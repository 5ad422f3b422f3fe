// How soon an evaluation returns that is asked to stop, for each path at 4K: the longest of many
// times from request_stop to the return, with requests spread over the whole evaluation.
//
//   bench_cancel [requests a case = 40]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "engine/ops/conv2d_plan.h"
#include "engine/ops/pool2d.h"
#include "engine/ops/weight_update.h"
#include "tests/bench/names.h"
#include "tests/random_tensor.h"

namespace convscope::bench {
namespace {

using Clock = std::chrono::steady_clock;

double milliseconds(Clock::duration d) {
  return std::chrono::duration<double, std::milli>(d).count();
}

// Returns false if it was stopped.
using Evaluation = std::function<bool(const std::stop_token&)>;

void report(const std::string& name, int requests, const Evaluation& evaluate) {
  (void)evaluate({});
  const auto begin = Clock::now();
  (void)evaluate({});
  const Clock::duration whole = Clock::now() - begin;
  std::vector<double> delays;
  for (int i = 0; i < requests; ++i) {
    std::stop_source stop;
    Clock::time_point returned;
    bool finished = false;
    std::thread worker([&] {
      finished = evaluate(stop.get_token());
      returned = Clock::now();
    });
    std::this_thread::sleep_for(whole * i / requests);
    const auto requested = Clock::now();
    stop.request_stop();
    worker.join();
    if (!finished) delays.push_back(milliseconds(returned - requested));
  }
  std::sort(delays.begin(), delays.end());
  if (delays.empty()) delays.push_back(0.0);
  std::printf("| %s | %.1f | %.2f | %.2f |\n", name.c_str(), milliseconds(whole),
              delays[delays.size() / 2], delays.back());
  std::fflush(stdout);
}

void report_path(Conv2dPath path, const Shape& input_shape, const Shape& weight_shape,
                 int requests) {
  const Tensor input = random_tensor(input_shape, 1);
  const Tensor weight = random_tensor(weight_shape, 2);
  Conv2dOptions options;
  options.padding = same_padding({weight_shape.h, weight_shape.w}, {1, 1});
  Tensor output(conv2d_output_shape(input_shape, weight_shape, options));
  Conv2dWorkspace workspace;
  report(std::string(name(path)) + ", " + to_string(input_shape) + " by " + to_string(weight_shape),
         requests, [&](const std::stop_token& stop) {
           return correlate(input, weight, {}, options, output, workspace, stop, path);
         });
}

void report_gradients(const Shape& weight_shape, int requests) {
  Conv2dOptions options;
  options.padding = same_padding({weight_shape.h, weight_shape.w}, {1, 1});
  const Tensor input = random_tensor({1, weight_shape.c, 2160, 3840}, 1);
  const Tensor weight = random_tensor(weight_shape, 2);
  const Tensor grad_output = random_tensor({1, weight_shape.n, 2160, 3840}, 3);
  Tensor grad_input(input.shape());
  Tensor grad_weight(weight_shape);
  Conv2dWorkspace workspace;
  const std::string what = ", weight " + to_string(weight_shape);
  report("gradient of the input" + what, requests, [&](const std::stop_token& stop) {
    return conv2d_grad_input_into(grad_output, weight, options, grad_input, workspace, stop);
  });
  report("gradient of the weight" + what, requests, [&](const std::stop_token& stop) {
    return conv2d_grad_weight_into(input, grad_output, options, grad_weight, workspace, stop);
  });
  report("one weight changed" + what, requests, [&](const std::stop_token& stop) {
    return conv2d_update_weight(input, WeightPlace{}, 1e-3f, options, grad_input, stop);
  });
}

void report_spread(int requests) {
  const Tensor input = random_tensor({1, 1, 1080, 1920}, 1);
  const Tensor weight = random_tensor({1, 1, 7, 7}, 2);
  Conv2dOptions options;
  options.transposed = true;
  options.stride = {2, 2};
  Tensor output;
  Conv2dWorkspace workspace;
  report("transposed, stride 2, to 4K by 7x7", requests, [&](const std::stop_token& stop) {
    return conv2d_into(input, weight, {}, options, output, workspace, stop);
  });
}

void report_pooling(PoolKind kind, Index kernel, int requests) {
  const Tensor input = random_tensor({1, 1, 2160, 3840}, 1);
  Pool2dOptions options;
  options.kind = kind;
  options.kernel = {kernel, kernel};
  Pool2dResult result;
  Conv2dWorkspace workspace;
  const char* what = kind == PoolKind::kMax ? "max pooling " : "average pooling ";
  report(what + std::to_string(kernel), requests, [&](const std::stop_token& stop) {
    return pool2d_into(input, options, result, workspace, stop);
  });
}

void run(int requests) {
  std::printf(
      "| path | evaluation, ms | median delay, ms | longest delay, ms |\n|---|---|---|---|\n");
  const Shape plane{1, 1, 2160, 3840};
  for (const Index k : {3, 7, 15, 31})
    report_path(Conv2dPath::kPlane, plane, {1, 1, k, k}, requests);
  for (const Index k : {7, 31})
    report_path(Conv2dPath::kLowRank, plane, {1, 1, k, k}, requests);
  for (const Index k : {15, 31, 101})
    report_path(Conv2dPath::kFft, plane, {1, 1, k, k}, requests);
  report_path(Conv2dPath::kLayer, plane, {1, 1, 31, 31}, requests);
  report_path(Conv2dPath::kLayer, {1, 3, 2160, 3840}, {8, 3, 5, 5}, requests);
  report_path(Conv2dPath::kPlain, plane, {1, 1, 7, 7}, requests);
  report_gradients({1, 1, 15, 15}, requests);
  report_gradients({3, 3, 5, 5}, requests);
  report_spread(requests);
  for (const PoolKind kind : {PoolKind::kMax, PoolKind::kAverage}) {
    for (const Index k : {2, 15})
      report_pooling(kind, k, requests);
  }
}

}  // namespace
}  // namespace convscope::bench

int main(int argc, char** argv) {
  convscope::bench::run(argc > 1 ? std::atoi(argv[1]) : 40);
  return 0;
}
