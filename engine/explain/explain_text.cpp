#include "engine/explain/explain_text.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/number_text.h"

namespace convscope::engine {
namespace {

std::string factor(double value, int digits) {
  const std::string text = whole_text(value, digits);
  return value < 0.0 ? "(" + text + ")" : text;
}

// Appends a number to a sum, joined with + and −: a negative number is subtracted, unless first.
void append(std::string& sum, double value, int digits) {
  if (sum.empty())
    sum = whole_text(value, digits);
  else
    sum += (value < 0.0 ? " − " : " + ") + whole_text(std::abs(value), digits);
}

void append(std::string& sum, const Term& term, int digits) {
  const auto x = static_cast<double>(term.x);
  const auto w = static_cast<double>(term.w);
  if (!sum.empty()) sum += " + ";
  sum += (sum.empty() ? whole_text(x, digits) : factor(x, digits)) + "·" + factor(w, digits);
}

// Returns the number by which products are ordered. NaN, which decides the whole sum, comes first.
double magnitude(const Term& term) {
  const double product = std::abs(term.product());
  return std::isnan(product) ? std::numeric_limits<double>::infinity() : product;
}

// The terms of a sum that are not written out.
struct Rest {
  std::size_t terms = 0;
  double sum = 0.0;
  bool zeros = true;  // whether all of them are 0
};

// Keeps at most `max_terms` terms, the largest first and none that is 0, and returns the others.
Rest cut_to_largest(std::vector<Term>& terms, std::size_t max_terms) {
  std::ranges::stable_sort(terms, std::ranges::greater{}, magnitude);
  const auto zero =
      std::ranges::find_if(terms, [](const Term& t) { return t.product() == 0.0; }) - terms.begin();
  const auto kept = std::min(zero, static_cast<std::ptrdiff_t>(max_terms));
  Rest rest{terms.size() - static_cast<std::size_t>(kept), 0.0, kept == zero};
  for (auto term = terms.begin() + kept; term != terms.end(); ++term)
    rest.sum += term->product();
  terms.erase(terms.begin() + kept, terms.end());
  return rest;
}

void append(std::string& sum, const Rest& rest, int digits) {
  const std::string count = std::to_string(rest.terms);
  if (rest.zeros) {
    if (!sum.empty()) sum += " + ";
    sum += rest.terms == 1 ? "1 term that is 0" : count + " terms that are 0";
    return;
  }
  append(sum, rest.sum, digits);
  sum += rest.terms == 1 ? " (the other term)" : " (the other " + count + " terms)";
}

}  // namespace

std::string sum_formula(const CellSum& sum, std::size_t max_terms, int digits) {
  std::vector<Term> terms = sum.terms;
  std::string result;
  Rest rest;
  if (terms.size() > max_terms) rest = cut_to_largest(terms, max_terms);
  for (const Term& term : terms)
    append(result, term, digits);
  if (rest.terms > 0) append(result, rest, digits);
  if (sum.bias != 0.0f || result.empty()) append(result, static_cast<double>(sum.bias), digits);
  return result + " = " + whole_text(sum.value, digits);
}

std::string pooled_formula(const PooledSum& sum, std::size_t max_terms, int digits) {
  const bool average = sum.divisor != 0.0;
  std::string cells;
  for (std::size_t i = 0; i < std::min(max_terms, sum.cells.size()); ++i) {
    const auto value = static_cast<double>(sum.cells[i].value);
    if (average)
      append(cells, value, digits);
    else
      cells += (cells.empty() ? "" : ", ") + whole_text(value, digits);
  }
  if (sum.cells.size() > max_terms) cells += average ? " + …" : ", …";
  if (!average) return "max(" + cells + ") = " + whole_text(sum.value, digits);
  if (sum.cells.empty()) return "0";
  return "(" + cells + ")/" + factor(sum.divisor, digits) + " = " + whole_text(sum.value, digits);
}

std::string parameter_formula(const Shape& weight, Index biases) {
  std::string result = std::to_string(weight.n) + "·" + std::to_string(weight.c) + "·" +
                       std::to_string(weight.h) + "·" + std::to_string(weight.w);
  if (biases > 0) result += " + " + std::to_string(biases);
  return result + " = " + std::to_string(weight.numel() + biases);
}

}  // namespace convscope::engine
