#include "app/lesson/learning_words.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>

#include "app/files/scene_fields.h"
#include "app/lesson/reference.h"
#include "app/session/rate_verdict.h"
#include "app/session/training_pace.h"

namespace convscope::lesson {
namespace {

// Calls `value` with the snapshot, or returns why there is nothing to learn.
template <typename Make>
Value of_training(const WordQuery& query, const Make& value) {
  const TrainingSnapshot* training = query.values.training.get();
  if (training == nullptr) return no_value("nothing is learned yet");
  if (training->weight.empty()) return no_value(training->message);
  return value(*training);
}

template <typename Make>
Value of_spectrum(const WordQuery& query, const Make& value) {
  return of_training(query, [&](const TrainingSnapshot& training) {
    if (!training.analysis) return no_value("the eigenvalues are not known yet");
    return value(training.analysis->spectrum);
  });
}

Value of_settings(const WordQuery& query, Value (*value)(const LearningScene&)) {
  if (!query.values.results) return no_value("the scene is not evaluated yet");
  return value(query.values.results->scene.learning);
}

Value loss_value(double loss) {
  if (!(loss <= static_cast<double>(std::numeric_limits<float>::max())))
    return no_value("the loss is too large to show");
  return number_value(loss);
}

float rate_now(const WordQuery& query, const TrainingSnapshot& training) {
  const QuadraticAnalysis* spectrum = training.analysis ? &training.analysis->spectrum : nullptr;
  return step_rate(training_pace(query.values.results->scene.learning), spectrum);
}

OptimizerOptions optimizer_of_scene(const WordQuery& query) {
  const LearningScene& learning = query.values.results->scene.learning;
  return optimizer_options(learning.optimizer, learning.tuning);
}

// What is known of the rates; beside Adam, of which nothing is, that of plain gradient descent.
Value of_rates(const WordQuery& query, double (*value)(const MomentumRates&, double rate)) {
  return of_training(query, [&](const TrainingSnapshot& t) {
    if (!t.analysis) return no_value("the eigenvalues are not known yet");
    const Momentum momentum = momentum_of(optimizer_of_scene(query)).value_or(Momentum{});
    const QuadraticAnalysis& spectrum = t.analysis->spectrum;
    return number_value(value(momentum_rates(momentum, spectrum.largest, spectrum.smallest),
                              static_cast<double>(rate_now(query, t))));
  });
}

Value step_of(const WordQuery& query) {
  return of_training(query, [](const TrainingSnapshot& t) { return count_value(t.step); });
}

Value loss_of(const WordQuery& query) {
  return of_training(query, [&](const TrainingSnapshot& t) {
    if (query.indices.empty()) return loss_value(t.loss);
    const Index step = query.indices[0];
    const auto found = std::ranges::find(t.history, step, &LossPoint::step);
    if (found == t.history.end())
      return no_value("the run has no loss of step " + std::to_string(step));
    return loss_value(found->loss);
  });
}

Value rate_of(const WordQuery& query) {
  return of_training(query, [&](const TrainingSnapshot& t) {
    return number_value(static_cast<double>(rate_now(query, t)));
  });
}

Value share_of(const WordQuery& query) {
  return of_rates(query,
                  [](const MomentumRates& rates, double rate) { return rate / rates.stable; });
}
Value cliff_of(const WordQuery& query) {
  return of_rates(query, [](const MomentumRates& rates, double) { return rates.stable; });
}
Value best_rate_of(const WordQuery& query) {
  return of_rates(query, [](const MomentumRates& rates, double) { return rates.best; });
}
Value largest_of(const WordQuery& query) {
  return of_spectrum(query, [](const QuadraticAnalysis& a) { return number_value(a.largest); });
}
Value smallest_of(const WordQuery& query) {
  return of_spectrum(query, [](const QuadraticAnalysis& a) { return number_value(a.smallest); });
}
Value condition_of(const WordQuery& query) {
  return of_spectrum(query, [](const QuadraticAnalysis& a) { return number_value(a.condition); });
}
// All of H's eigenvalues, descending; no more than a tensor would be written with.
Value eigenvalues_of(const WordQuery& query) {
  return of_training(query, [](const TrainingSnapshot& t) {
    if (!t.analysis) return no_value("the eigenvalues are not known yet");
    const std::vector<double>& values = t.analysis->eigenvalues;
    if (std::ssize(values) > kMaxWrittenValues)
      return no_value("there are " + std::to_string(values.size()) + " eigenvalues");
    Value value{.kind = ValueKind::kNumbers, .numbers = values, .text = {}, .missing = {}};
    return value;
  });
}
Value rank_of(const WordQuery& query) {
  return of_spectrum(query, [](const QuadraticAnalysis& a) { return count_value(a.rank); });
}
Value parameters_of(const WordQuery& query) {
  return of_spectrum(query, [](const QuadraticAnalysis& a) { return count_value(a.parameters); });
}
Value least_loss_of(const WordQuery& query) {
  return of_spectrum(query, [](const QuadraticAnalysis& a) { return loss_value(a.least_loss); });
}
Value distance_of(const WordQuery& query) {
  return of_training(query, [](const TrainingSnapshot& t) {
    if (std::isnan(t.distance)) return no_value("the exact answer is not known yet");
    return number_value(t.distance);
  });
}

Value verdict_of(const WordQuery& query) {
  return of_training(query, [&](const TrainingSnapshot& t) {
    const QuadraticAnalysis* spectrum = t.analysis ? &t.analysis->spectrum : nullptr;
    const std::optional<KnownRates> known = known_rates(spectrum, optimizer_of_scene(query));
    const std::string text = rate_verdict(known, rate_now(query, t), &t).text;
    return text.empty() ? no_value("what Adam does can't be foretold from the eigenvalues")
                        : text_value(text);
  });
}

Value optimizer_of(const WordQuery& query) {
  return of_settings(query, [](const LearningScene& learning) {
    return text_value(std::string(kOptimizerNames[static_cast<std::size_t>(learning.optimizer)]));
  });
}
Value momentum_word(const WordQuery& query) {
  return of_settings(query, [](const LearningScene& learning) {
    return number_value(static_cast<double>(learning.tuning.momentum));
  });
}
Value reduction_of(const WordQuery& query) {
  return of_settings(query, [](const LearningScene& learning) {
    return text_value(std::string(kLossNames[static_cast<std::size_t>(learning.reduction)]));
  });
}
Value noise_of(const WordQuery& query) {
  return of_settings(query, [](const LearningScene& learning) {
    return number_value(static_cast<double>(learning.noise));
  });
}

constexpr auto kLearning = WordScope::kLearning;
constexpr auto kNumber = ValueKind::kNumber;
constexpr auto kCount = ValueKind::kCount;
constexpr auto kText = ValueKind::kText;

constexpr std::array kWords = {
    ValueWord{"learning.step", "how many steps were taken", kCount, kLearning, step_of},
    ValueWord{"learning.loss", "the loss now, or after the step in brackets, 0 for the start",
              kNumber, kLearning, loss_of, "step"},
    ValueWord{"learning.rate", "the learning rate η", kNumber, kLearning, rate_of},
    ValueWord{"learning.share", "the rate as a share of the cliff", kNumber, kLearning, share_of},
    ValueWord{"learning.cliff",
              "2/λmax, the rate from which on gradient descent diverges; of momentum its own",
              kNumber, kLearning, cliff_of},
    ValueWord{"learning.best_rate",
              "2/(λmax + λmin), the rate that converges fastest; of momentum its own", kNumber,
              kLearning, best_rate_of},
    ValueWord{"learning.lambda_max", "λmax, the largest eigenvalue of the loss's Hessian", kNumber,
              kLearning, largest_of},
    ValueWord{"learning.lambda_min", "λmin, the smallest eigenvalue that is not 0", kNumber,
              kLearning, smallest_of},
    ValueWord{"learning.eigenvalues", "all eigenvalues of the Hessian, the largest first",
              ValueKind::kNumbers, kLearning, eigenvalues_of},
    ValueWord{"learning.condition", "the condition number λmax/λmin", kNumber, kLearning,
              condition_of},
    ValueWord{"learning.rank", "how many directions can be learned", kCount, kLearning, rank_of},
    ValueWord{"learning.parameters", "how many numbers are learned", kCount, kLearning,
              parameters_of},
    ValueWord{"learning.least_loss", "the least loss that any weights can reach", kNumber,
              kLearning, least_loss_of},
    ValueWord{"learning.distance", "the distance of the learned weights from the exact answer",
              kNumber, kLearning, distance_of},
    ValueWord{"learning.verdict",
              "what the rate does, as the learning's card says it: converges, oscillates while "
              "converging, diverges …",
              kText, kLearning, verdict_of},
    ValueWord{"learning.optimizer", "sgd, momentum, nesterov or adam", kText, kLearning,
              optimizer_of},
    ValueWord{"learning.momentum", "β of momentum and Nesterov", kNumber, kLearning, momentum_word},
    ValueWord{"learning.reduction", "whether the loss is the sum or the mean of the squares", kText,
              kLearning, reduction_of},
    ValueWord{"learning.noise", "the standard deviation of the noise on the target", kNumber,
              kLearning, noise_of},
};

}  // namespace

std::span<const ValueWord> learning_words() {
  return kWords;
}

}  // namespace convscope::lesson
