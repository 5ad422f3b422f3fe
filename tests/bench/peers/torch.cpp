// PyTorch's C++ library.
#include <torch/nn/functional.h>
#include <torch/torch.h>
#include <torch/version.h>

#include <algorithm>
#include <memory>

#include "tests/bench/names.h"
#include "tests/bench/peers/contender.h"

namespace convscope::bench {
namespace {

at::Tensor view(const Tensor& t) {
  const Shape& s = t.shape();
  return torch::from_blob(const_cast<float*>(t.data()), {s.n, s.c, s.h, s.w}, torch::kFloat32);
}

Tensor tensor(const at::Tensor& t) {
  const at::Tensor dense = t.contiguous();
  Tensor result(Shape{t.size(0), t.size(1), t.size(2), t.size(3)});
  std::copy_n(dense.data_ptr<float>(), result.numel(), result.data());
  return result;
}

using Outputs = std::vector<at::Tensor>;

Outputs evaluate(const Problem& p) {
  const c10::InferenceMode inference;
  const Padding& pad = p.what.options.padding;
  const at::Tensor input = view(p.input);
  switch (p.what.op) {
    case Operator::kConv:
    case Operator::kSeparable:
      return {at::conv2d(input, view(p.weight), {}, 1, {pad.top, pad.left})};
    case Operator::kMaxPool:
      return {std::get<0>(at::max_pool2d_with_indices(input, {2, 2}, {2, 2}))};
    case Operator::kAveragePool:
      return {at::avg_pool2d(input, {2, 2}, {2, 2})};
    case Operator::kGradients: {
      const auto grads = at::convolution_backward(
          view(p.grad_output), input, view(p.weight), at::OptionalIntArrayRef(), {1, 1},
          {pad.top, pad.left}, {1, 1}, false, {0, 0}, 1, {true, true, false});
      return {std::get<0>(grads), std::get<1>(grads)};
    }
    case Operator::kOneWeight:
      return {};
  }
  return {};
}

}  // namespace

void add_torch(const Problem& p, std::vector<Contender>& contenders) {
  if (p.what.op == Operator::kOneWeight) return;
  // Above 7x7 its one-channel convolution takes seconds.
  if (p.what.input.c == 1 && p.what.weight.h > 7 && p.what.op != Operator::kMaxPool &&
      p.what.op != Operator::kAveragePool)
    return;
  torch::set_num_threads(kThreads);
  auto outputs = std::make_shared<Outputs>();
  contenders.push_back({"PyTorch",
                        [&p, outputs] { *outputs = evaluate(p); },
                        [outputs] {
                          std::vector<Tensor> results;
                          for (const at::Tensor& t : *outputs)
                            results.push_back(tensor(t));
                          return results;
                        },
                        {}});
}

std::string torch_version() {
  return TORCH_VERSION;
}

}  // namespace convscope::bench
