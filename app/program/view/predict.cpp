#include "app/program/view/predict.h"

#include <cmath>

namespace convscope::program {

bool PredictState::hides(Yx cell) const {
  if (!on || all_shown) return false;
  const Shape& s = shown.shape();
  return cell.y >= s.h || cell.x >= s.w || shown.at(cell.y, cell.x) == 0.0f;
}

void begin(PredictState& predict, const Shape& output) {
  predict = PredictState{};
  predict.on = true;
  hide(predict, output);
}

void hide(PredictState& predict, const Shape& output) {
  predict.shown = Tensor(Shape{1, 1, output.h, output.w});
  predict.revision = Revision::fresh();
  predict.asked.reset();
  predict.last.reset();
}

void answer(PredictState& predict, Yx cell, double guessed, float value) {
  if (!predict.hides(cell)) return;
  predict.last = Guess{cell, guessed, value, is_right(guessed, value)};
  ++predict.given;
  predict.right += predict.last->right ? 1 : 0;
  predict.shown.at(cell.y, cell.x) = 1.0f;
  predict.revision = predict.revision.followed_by({cell.y, cell.x, cell.y + 1, cell.x + 1});
}

bool is_right(double guessed, float value) {
  constexpr double kDecimals = 1000.0;
  constexpr double kRelative = 0.01;
  constexpr double kRounding = 1e-5;  // relative error of a sum in single precision
  const auto exact = static_cast<double>(value);
  if (!std::isfinite(exact)) return false;
  const double cut = std::abs(exact - std::round(exact * kDecimals) / kDecimals);
  const double half_digit = cut > kRounding ? 0.5 / kDecimals : kRounding;
  return std::abs(guessed - exact) <= std::max(half_digit, kRelative * std::abs(exact)) + 1e-9;
}

std::string score_text(const PredictState& predict) {
  if (predict.given == 0) return "Click a cell";
  return std::to_string(predict.right) + " of " + std::to_string(predict.given) + " right";
}

}  // namespace convscope::program
