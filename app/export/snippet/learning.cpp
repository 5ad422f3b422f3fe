#include "app/export/snippet/learning.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "app/export/snippet/exact_run.h"
#include "app/export/snippet/python.h"
#include "app/session/training_problem.h"
#include "engine/core/error.h"

namespace convscope::exports {
namespace {

constexpr double kMostProducts = 1e9;  // of the exact run: about a second

// Returns the rates of the run as parts of so many steps. Throws Error where some are forgotten.
std::vector<RatePart> rate_parts(const TrainingSnapshot& training) {
  const std::vector<RateChange>& rates = training.rates;
  if (rates.empty() || rates.front().step > 0)
    throw Error(
        "the rate was changed so often that the first steps' is not known any more: reset "
        "the learning");
  std::vector<RatePart> parts;
  for (std::size_t i = 0; i < rates.size() && rates[i].step < training.step; ++i) {
    const Index end =
        i + 1 < rates.size() ? std::min(rates[i + 1].step, training.step) : training.step;
    parts.push_back({end - rates[i].step, python::number(static_cast<double>(rates[i].rate),
                                                         python::Precision::kFloat32)});
  }
  return parts;
}

// Each step's rate as Python reads it: the double that is nearest to its text.
std::vector<double> step_rates(const std::vector<RatePart>& parts) {
  std::vector<double> rates;
  for (const RatePart& part : parts)
    rates.insert(rates.end(), static_cast<std::size_t>(part.steps),
                 std::strtod(part.rate.c_str(), nullptr));
  return rates;
}

// Returns the kernel that makes the target, where it makes it alone: without noise, and so that the
// learned parameters can become it.
std::optional<Parameters> maker_of(const TrainingData& data, const LearningProblem& problem) {
  if (data.picture || data.noise > 0.0) return std::nullopt;
  const bool biased = std::ranges::any_of(data.target.bias, [](float b) { return b != 0.0f; });
  if (biased && !data.bias) return std::nullopt;
  // The scene may have changed since the run began.
  const LayerArguments made = layer_arguments(data.target, data.conv, problem.input.shape().c);
  if (conv2d(problem.input, made.weight, made.bias, made.options) != problem.target)
    return std::nullopt;
  Parameters maker{data.target.weight, {}};
  if (data.bias) maker.bias = data.target.bias;
  return maker;
}

// Throws Error where the run is still that of a scene before.
void require_same_scene(const TrainingData& data, const LearningProblem& problem) {
  const Index channels = data.input->shape().c;
  const LayerArguments wanted = layer_arguments(data.target, data.conv, channels);
  if (problem.input == *data.input && problem.options == wanted.options) return;
  throw Error("the learning is still on an earlier input: copy it again in a moment");
}

double largest_of(const Parameters& parameters) {
  double largest = 0.0;
  for (const float w : parameters.weight.values())
    largest = std::max(largest, std::abs(static_cast<double>(w)));
  return largest;
}

// Finds how far the window's steps in float32 are from exact ones, and what the asserts allow.
void find_tolerances(SnippetLearning& run) {
  const auto refuse_length = [&](Index weights) {
    throw Error(std::to_string(run.steps) + " steps of " + std::to_string(weights) +
                " weights are too many to repeat: reset the learning, or take fewer steps");
  };
  if (run.steps > kMaxSnippetSteps) refuse_length(run.start.weight.numel());
  const std::vector<double> rates = step_rates(run.rates);
  const std::optional<QuadraticLoss> loss =
      QuadraticLoss::build(*run.problem, run.start.weight.shape(), run.has_bias());
  const double products = static_cast<double>(loss->rows()) * static_cast<double>(loss->size()) *
                          static_cast<double>(loss->size()) * static_cast<double>(run.steps);
  if (products > kMostProducts) refuse_length(loss->parameters());
  const ExactRun exact = exact_run(*loss, run.start, run.maker, run.optimizer, rates);
  const std::vector<double> shown = loss->flattened(run.shown);
  double largest = 0.0;
  for (std::size_t k = 0; k < shown.size(); ++k) {
    run.weight_off = std::max(run.weight_off, std::abs(shown[k] - exact.flat[k]));
    largest = std::max(largest, std::abs(shown[k]));
  }
  // Where rounding leads further off, an assert would say nothing.
  constexpr double kMostOff = 0.01;
  if (!(run.weight_off <= kMostOff * std::max(largest, largest_of(run.start))))
    throw Error("after " + std::to_string(run.steps) +
                " steps rounding has led the weights too far from exact ones to repeat them: reset "
                "the learning, or take fewer steps");
  constexpr double kFloatUnit = 0x1p-24;
  run.weight_tolerance = 2.0 * run.weight_off + kFloatUnit * largest;
  // A sum of squares in double is exact to 1e-15 of what it is made of.
  run.loss_tolerance = 2.0 * std::abs(run.loss - exact.loss) + 1e-9 * std::abs(run.loss) +
                       1e-15 * loss->scale() * loss->c();
}

}  // namespace

std::optional<SnippetLearning> learning_of(const SnippetSource& source, const SnippetSteps& steps) {
  if (!source.training || source.training->step == 0 || source.training->weight.empty())
    return std::nullopt;
  const TrainingSnapshot& training = *source.training;
  const TrainingData data = training_data(source.results->scene);
  SnippetLearning run;
  run.problem = training.problem.get();
  require_same_scene(data, *run.problem);
  run.start = training.keyframes.front()->parameters;
  run.shown = {training.weight, training.bias};
  run.loss = training.loss;
  run.steps = training.step;
  run.rates = rate_parts(training);
  run.optimizer = training.optimizer.options();
  run.maker = maker_of(data, *run.problem);
  run.maker_name = data.hidden ? "hidden" : "maker";
  run.results = std::make_shared<LayerResults>();
  run.results->options = run.problem->options;
  run.results->weight = expanded(run.start, *run.problem).weight;
  run.results->bias.resize(static_cast<std::size_t>(run.problem->target.shape().c));
  run.results->output = training.target;
  run.layer = steps.layers.front();
  run.layer.results = run.results.get();
  find_tolerances(run);
  return run;
}

}  // namespace convscope::exports
