#include "engine/learning/optimizer.h"

#include <array>
#include <cassert>
#include <cmath>
#include <string>

#include "engine/core/error.h"

namespace convscope::engine {
namespace {

constexpr std::array kKinds{OptimizerKind::kSgd, OptimizerKind::kMomentum, OptimizerKind::kNesterov,
                            OptimizerKind::kAdam};

// The constants of one step. PyTorch computes them in double and rounds each to float before it
// meets a tensor, and so does this.
struct Rule {
  OptimizerKind kind;
  bool first_step;
  float rate;  // for Adam: divided by the bias correction of m
  float momentum;
  float beta1, one_minus_beta1;
  float beta2, one_minus_beta2;
  float root_correction;  // Adam's bias correction of s
  float eps;
};

Rule make_rule(const OptimizerOptions& o, Index steps, double rate) {
  const bool adam = o.kind == OptimizerKind::kAdam;
  const auto t = static_cast<double>(steps + 1);
  const double correction = adam ? 1.0 - std::pow(o.beta1, t) : 1.0;
  const auto f = [](double v) { return static_cast<float>(v); };
  return {o.kind,        steps == 0,       f(rate / correction),
          f(o.momentum), f(o.beta1),       f(1.0 - o.beta1),
          f(o.beta2),    f(1.0 - o.beta2), f(std::sqrt(1.0 - std::pow(o.beta2, t))),
          f(o.eps)};
}

void update(const Rule& r, float& w, float g, float* first, float* second) {
  switch (r.kind) {
    case OptimizerKind::kSgd:
      w -= r.rate * g;
      return;
    case OptimizerKind::kMomentum:
    case OptimizerKind::kNesterov:
      *first = r.first_step ? g : *first * r.momentum + g;
      w -= r.rate * (r.kind == OptimizerKind::kMomentum ? *first : g + r.momentum * *first);
      return;
    case OptimizerKind::kAdam:
      *first = *first * r.beta1 + r.one_minus_beta1 * g;
      *second = *second * r.beta2 + r.one_minus_beta2 * g * g;
      w -= r.rate * (*first / (std::sqrt(*second) / r.root_correction + r.eps));
      return;
  }
}

}  // namespace

const char* name(OptimizerKind kind) {
  switch (kind) {
    case OptimizerKind::kSgd:
      return "sgd";
    case OptimizerKind::kMomentum:
      return "momentum";
    case OptimizerKind::kNesterov:
      return "nesterov";
    case OptimizerKind::kAdam:
      return "adam";
  }
  return "";
}

OptimizerKind optimizer_kind(std::string_view text) {
  for (const OptimizerKind kind : kKinds) {
    if (text == name(kind)) return kind;
  }
  throw Error("optimizer \"" + std::string(text) +
              "\" is unknown: it must be sgd, momentum, nesterov or adam");
}

std::size_t Optimizer::values_kept() const {
  if (options_.kind == OptimizerKind::kSgd) return 0;
  return options_.kind == OptimizerKind::kAdam ? 2 : 1;
}

void Optimizer::step(Parameters& parameters, const Parameters& gradient, double rate) {
  assert(parameters.weight.shape() == gradient.weight.shape());
  assert(parameters.bias.size() == gradient.bias.size());
  const std::size_t weights = parameters.weight.values().size();
  const std::size_t count = weights + parameters.bias.size();
  if (steps_ == 0) {
    first_.assign(values_kept() > 0 ? count : 0, 0.0f);
    second_.assign(values_kept() > 1 ? count : 0, 0.0f);
  }
  assert(first_.empty() || first_.size() == count);
  const Rule rule = make_rule(options_, steps_, rate);
  for (std::size_t k = 0; k < count; ++k) {
    float* first = first_.empty() ? nullptr : &first_[k];
    float* second = second_.empty() ? nullptr : &second_[k];
    if (k < weights)
      update(rule, parameters.weight.values()[k], gradient.weight.values()[k], first, second);
    else
      update(rule, parameters.bias[k - weights], gradient.bias[k - weights], first, second);
  }
  ++steps_;
}

}  // namespace convscope::engine
