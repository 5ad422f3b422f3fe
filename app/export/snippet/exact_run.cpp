#include "app/export/snippet/exact_run.h"

#include <cmath>

namespace convscope::exports {
namespace {

// Writes the gradient at `optimum` + `off` and returns the loss there, as the maker of the target
// leaves none.
double evaluate_off(const QuadraticLoss& loss, std::span<const double> off,
                    std::span<double> gradient) {
  const auto size = static_cast<std::size_t>(loss.size());
  double sum = 0.0;
  for (Index row = 0; row < loss.rows(); ++row) {
    const std::span<const double> a = loss.a(loss.group_of(row));
    const auto begin = static_cast<std::size_t>(row) * size;
    for (std::size_t i = 0; i < size; ++i) {
      double product = 0.0;
      for (std::size_t k = 0; k < size; ++k)
        product += a[i * size + k] * off[begin + k];
      gradient[begin + i] = 2.0 * loss.scale() * product;
      sum += product * off[begin + i];
    }
  }
  return loss.scale() * sum;
}

// The state of the optimizers of PyTorch in double.
struct State {
  const OptimizerOptions& options;
  std::vector<double> first, second;
  double correction = 1.0, root = 1.0;  // Adam's, of this step

  void begin_step(double t) {
    correction = 1.0 - std::pow(options.beta1, t);
    root = 1.0 - std::pow(options.beta2, t);
  }
  // Returns what is taken off a parameter, at rate 1.
  double change(std::size_t k, double g) {
    const OptimizerOptions& o = options;
    switch (o.kind) {
      case OptimizerKind::kSgd:
        break;
      case OptimizerKind::kMomentum:
        return first[k] = o.momentum * first[k] + g;
      case OptimizerKind::kNesterov:
        first[k] = o.momentum * first[k] + g;
        return g + o.momentum * first[k];
      case OptimizerKind::kAdam:
        first[k] = o.beta1 * first[k] + (1.0 - o.beta1) * g;
        second[k] = o.beta2 * second[k] + (1.0 - o.beta2) * g * g;
        return first[k] / correction / (std::sqrt(second[k] / root) + o.eps);
    }
    return g;
  }
};

}  // namespace

ExactRun exact_run(const QuadraticLoss& loss, const Parameters& start,
                   const std::optional<Parameters>& optimum, const OptimizerOptions& optimizer,
                   StepRates rates) {
  std::vector<double> at = loss.flattened(start);
  std::vector<double> best(at.size(), 0.0);
  if (optimum) best = loss.flattened(*optimum);
  for (std::size_t k = 0; k < at.size(); ++k)
    at[k] -= best[k];
  std::vector<double> gradient(at.size());
  const auto evaluate = [&] {
    return optimum ? evaluate_off(loss, at, gradient) : loss.evaluate(at, gradient);
  };
  State state{optimizer, std::vector<double>(at.size()), std::vector<double>(at.size())};
  double t = 0.0;
  for (const double rate : rates) {
    evaluate();
    state.begin_step(t += 1.0);
    for (std::size_t k = 0; k < at.size(); ++k)
      at[k] -= rate * state.change(k, gradient[k]);
  }
  ExactRun run;
  run.loss = evaluate();
  for (std::size_t k = 0; k < at.size(); ++k)
    at[k] += best[k];
  run.flat = std::move(at);
  return run;
}

}  // namespace convscope::exports
