// The notebook's training loop with PyTorch's C++ library.
#include <torch/nn/functional.h>
#include <torch/torch.h>

#include <algorithm>
#include <memory>

#include "tests/bench/names.h"
#include "tests/bench/peers/learning.h"

namespace convscope::bench {
namespace {

at::Tensor view(const Tensor& t) {
  const Shape& s = t.shape();
  return torch::from_blob(const_cast<float*>(t.data()), {s.n, s.c, s.h, s.w}, torch::kFloat32);
}

at::Tensor descend(const LearningCase& what) {
  const at::Tensor input = view(what.problem.input);
  const at::Tensor target = view(what.problem.target);
  const Padding& pad = what.problem.options.padding;
  at::Tensor weight = view(what.start).clone().requires_grad_();
  for (int i = 0; i < what.steps; ++i) {
    const at::Tensor output = at::conv2d(input, weight, {}, 1, {pad.top, pad.left});
    const at::Tensor loss = what.problem.reduction == Reduction::kSum
                                ? (output - target).square().sum()
                                : (output - target).square().mean();
    weight.mutable_grad() = at::Tensor();
    loss.backward();
    const torch::NoGradGuard no_grad;
    weight -= what.rate * weight.grad();
  }
  return weight.detach();
}

Tensor tensor(const at::Tensor& t) {
  Tensor result(Shape{t.size(0), t.size(1), t.size(2), t.size(3)});
  std::copy_n(t.contiguous().data_ptr<float>(), result.numel(), result.data());
  return result;
}

}  // namespace

void add_torch_learning(const LearningCase& what, std::vector<Contender>& contenders) {
  torch::set_num_threads(kThreads);
  auto weight = std::make_shared<at::Tensor>();
  contenders.push_back({"PyTorch",
                        [&what, weight] { *weight = descend(what); },
                        [weight] { return std::vector<Tensor>{tensor(*weight)}; },
                        {}});
}

}  // namespace convscope::bench
