#include "app/panels/learning/learned_weight.h"

#include <cmath>

#include "app/panels/learning/present_rate.h"
#include "app/program/view/names.h"
#include "engine/core/number_text.h"

namespace convscope::panels {
namespace {

double value_at(const Tensor& tensor, const WeightPlace& place) {
  return static_cast<double>(tensor.at(place.n, place.c, place.y, place.x));
}

// "Exact is 1, off by 0.588."
std::string exact_text(const TrainingSnapshot& training, const WeightPlace& place) {
  const Tensor exact =
      training.analysis->loss->unflattened(training.analysis->spectrum.optimum).weight;
  const double answer = value_at(exact, place);
  const bool one = training.analysis->spectrum.rank == training.analysis->spectrum.parameters;
  return std::string(one ? "Exact is " : "The shortest exact answer has ") +
         number_text(answer, 4) + " here, off by " +
         number_text(std::abs(value_at(training.weight, place) - answer), 3) + ".";
}

}  // namespace

std::string signed_number(double value, int digits) {
  const std::string text = number_text(value, digits);
  return value < 0.0 ? "(" + text + ")" : text;
}

std::string update_formula(const PanelContext& context, const WeightPlace& place,
                           const Tensor& after) {
  const TrainingSnapshot& training = *context.layer.training;
  const auto rate = static_cast<double>(present_rate(context));
  const OptimizerKind optimizer = context.layer.scene.learning.optimizer;
  const std::string before = number_text(value_at(training.weight, place), 4);
  if (optimizer != OptimizerKind::kSgd) {
    return before + " → " + number_text(value_at(after, place), 4) + " by " +
           optimizer_label(optimizer) + " at rate " + number_text(rate, 3);
  }
  return before + " − " + number_text(rate, 3) + " · " +
         signed_number(value_at(training.gradient, place), 4) + " = " +
         number_text(value_at(after, place), 4);
}

void explain_learned_weight(const PanelContext& context, ExplanationLine& line, Yx cell) {
  const TrainingSnapshot& training = *context.layer.training;
  const Shape& s = training.weight.shape();
  if (cell.y >= s.h || cell.x >= s.w) return;
  const WeightPlace place = shown_place(context.layer.shown, cell, s);
  line.bold(weight_name(s, place, kLearnedSymbol));
  line.plain("= " + number_text(value_at(training.weight, place), 5));
  line.muted("learned so far; the next step:");
  line.plain(
      update_formula(context, place, next_parameters(training, present_rate(context)).weight));
  if (training.analysis) line.muted(exact_text(training, place));
}

}  // namespace convscope::panels
