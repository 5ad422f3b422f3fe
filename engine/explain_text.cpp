#include "engine/explain_text.h"

#include <algorithm>
#include <cmath>

#include "engine/number_text.h"

namespace convscope {
namespace {

std::string factor(double value, int digits) {
  const std::string text = number_text(value, digits);
  return value < 0.0 ? "(" + text + ")" : text;
}

// Joins with + and −: a negative number after the first is subtracted.
void append(std::string& sum, double value, int digits) {
  if (sum.empty())
    sum = number_text(value, digits);
  else
    sum += (value < 0.0 ? " − " : " + ") + number_text(std::abs(value), digits);
}

void append(std::string& sum, const Term& term, int digits) {
  const auto x = static_cast<double>(term.x);
  const auto w = static_cast<double>(term.w);
  if (!sum.empty()) sum += " + ";
  sum += (sum.empty() ? number_text(x, digits) : factor(x, digits)) + "·" + factor(w, digits);
}

}  // namespace

std::string sum_formula(const CellSum& sum, std::size_t most, int digits) {
  std::vector<Term> terms = sum.terms;
  std::string result;
  double rest = 0.0;
  if (terms.size() > most) {
    const auto middle = terms.begin() + static_cast<std::ptrdiff_t>(most);
    std::ranges::stable_sort(terms, std::ranges::greater{},
                             [](const Term& t) { return std::abs(t.product()); });
    for (auto term = middle; term != terms.end(); ++term)
      rest += term->product();
    terms.erase(middle, terms.end());
  }
  for (const Term& term : terms)
    append(result, term, digits);
  if (const std::size_t others = sum.terms.size() - terms.size(); others > 0) {
    append(result, rest, digits);
    result +=
        others == 1 ? " (the other term)" : " (the other " + std::to_string(others) + " terms)";
  }
  if (sum.bias != 0.0f || result.empty()) append(result, static_cast<double>(sum.bias), digits);
  return result + " = " + number_text(sum.value, digits);
}

std::string pooled_formula(const PooledSum& sum, std::size_t most, int digits) {
  const bool average = sum.divisor != 0.0;
  std::string cells;
  for (std::size_t i = 0; i < std::min(most, sum.cells.size()); ++i) {
    const auto value = static_cast<double>(sum.cells[i].value);
    if (average)
      append(cells, value, digits);
    else
      cells += (cells.empty() ? "" : ", ") + number_text(value, digits);
  }
  if (sum.cells.size() > most) cells += average ? " + …" : ", …";
  if (!average) return "max(" + cells + ") = " + number_text(sum.value, digits);
  if (sum.cells.empty()) return "0";
  return "(" + cells + ")/" + factor(sum.divisor, digits) + " = " + number_text(sum.value, digits);
}

std::string parameter_formula(const Shape& weight, Index biases) {
  std::string result = std::to_string(weight.n) + "·" + std::to_string(weight.c) + "·" +
                       std::to_string(weight.h) + "·" + std::to_string(weight.w);
  if (biases > 0) result += " + " + std::to_string(biases);
  return result + " = " + std::to_string(weight.numel() + biases);
}

}  // namespace convscope
