// Convscope itself, and a plain copy of the bytes that the operator reads and writes.
#include <tbb/parallel_for.h>

#include <cstring>
#include <memory>

#include "engine/ops/conv2d_plan.h"
#include "engine/ops/weight_update.h"
#include "tests/bench/names.h"
#include "tests/bench/peers/contender.h"

namespace convscope::bench {
namespace {

struct State {
  Tensor output;
  Pool2dResult pooled;
  Tensor grad_input, grad_weight;
  Conv2dWorkspace workspace;
};

Contender conv(const Problem& p) {
  auto state = std::make_shared<State>();
  return {"Convscope",
          [&p, state] {
            (void)conv2d_into(p.input, p.weight, {}, p.what.options, state->output,
                              state->workspace);
          },
          [state] { return std::vector<Tensor>{state->output}; },
          {}};
}

Contender pool(const Problem& p) {
  auto state = std::make_shared<State>();
  return {"Convscope",
          [&p, state] {
            (void)pool2d_values_into(p.input, p.what.pool, state->output, state->workspace);
          },
          [state] { return std::vector<Tensor>{state->output}; },
          {}};
}

Contender pool_with_indices(const Problem& p) {
  auto state = std::make_shared<State>();
  return {"with indices",
          [&p, state] { (void)pool2d_into(p.input, p.what.pool, state->pooled, state->workspace); },
          [state] { return std::vector<Tensor>{state->pooled.output}; },
          {}};
}

Contender gradients(const Problem& p) {
  auto state = std::make_shared<State>();
  return {"Convscope",
          [&p, state] {
            state->grad_input.resize(p.input.shape());
            state->grad_weight.resize(p.weight.shape());
            (void)conv2d_grad_input_into(p.grad_output, p.weight, p.what.options, state->grad_input,
                                         state->workspace);
            (void)conv2d_grad_weight_into(p.input, p.grad_output, p.what.options,
                                          state->grad_weight, state->workspace);
          },
          [state] {
            return std::vector<Tensor>{state->grad_input, state->grad_weight};
          },
          {}};
}

// Against a full evaluation; the weight goes up and down again, so that the output stays.
Contender one_weight(const Problem& p) {
  auto state = std::make_shared<State>();
  auto delta = std::make_shared<float>(0.5f);
  (void)conv2d_into(p.input, p.weight, {}, p.what.options, state->output, state->workspace);
  return {"Convscope",
          [&p, state, delta] {
            *delta = -*delta;
            (void)conv2d_update_weight(p.input, Yx{1, 2}, *delta, p.what.options, state->output);
          },
          {},
          {}};
}

// By threads that each take their share.
void copy(Tensor& to, const Tensor& from) {
  const Index share = from.numel() / kThreads;
  tbb::parallel_for(0, kThreads, [&](int part) {
    std::memcpy(to.data() + part * share, from.data() + part * share,
                static_cast<std::size_t>(share) * sizeof(float));
  });
}

}  // namespace

void add_convscope(const Problem& p, std::vector<Contender>& contenders) {
  switch (p.what.op) {
    case Operator::kConv:
    case Operator::kSeparable:
      return contenders.push_back(conv(p));
    case Operator::kMaxPool:
    case Operator::kAveragePool:
      contenders.push_back(pool(p));
      if (p.what.op == Operator::kMaxPool) contenders.push_back(pool_with_indices(p));
      return;
    case Operator::kGradients:
      return contenders.push_back(gradients(p));
    case Operator::kOneWeight:
      contenders.push_back(one_weight(p));
      contenders.push_back(conv(p));
      contenders.back().name = "in full";
      return;
  }
}

void add_copy(const Problem& p, std::vector<Contender>& contenders) {
  const bool pools = p.what.op == Operator::kMaxPool || p.what.op == Operator::kAveragePool;
  if (!pools && p.what.op != Operator::kOneWeight) return;
  // A copy moves each byte twice. As many bytes: pooling reads the input and writes a quarter, the
  // update of one weight reads input and output and writes the output.
  const Index values = pools ? p.input.numel() * 5 / 8 : p.input.numel() * 3 / 2;
  auto source = std::make_shared<Tensor>(Shape{1, 1, 1, values}, 1.0f);
  auto target = std::make_shared<Tensor>(source->shape());
  contenders.push_back({"copy", [source, target] { copy(*target, *source); }, {}, {}});
}

#ifndef BENCH_WITH_OPENCV
void add_opencv(const Problem&, std::vector<Contender>&) {}
std::string opencv_version() {
  return "not installed";
}
#endif
#ifndef BENCH_WITH_ONEDNN
void add_onednn(const Problem&, std::vector<Contender>&) {}
std::string onednn_version() {
  return "not installed";
}
#endif
#ifndef BENCH_WITH_TORCH
void add_torch(const Problem&, std::vector<Contender>&) {}
std::string torch_version() {
  return "not installed";
}
#endif

}  // namespace convscope::bench
