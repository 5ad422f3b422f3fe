#include "engine/explain/backward_text.h"

#include <algorithm>
#include <cmath>

#include "engine/core/number_text.h"
#include "engine/core/shape_text.h"

namespace convscope::engine {
namespace {

std::string factor_text(double value, int digits) {
  const std::string text = number_text(value, digits);
  return value < 0.0 ? "(" + text + ")" : text;
}

// Appends a number to a sum, joined with + or −: a negative one is subtracted, unless first.
void append(std::string& sum, double value, int digits) {
  if (sum.empty())
    sum = number_text(value, digits);
  else
    sum += (value < 0.0 ? " − " : " + ") + number_text(std::abs(value), digits);
}

void append_product(std::string& sum, double gradient, double other, int digits) {
  if (!sum.empty()) sum += " + ";
  sum += (sum.empty() ? number_text(gradient, digits) : factor_text(gradient, digits)) + "·" +
         factor_text(other, digits);
}

void append_term(std::string& sum, const BackwardTerm& term, int digits) {
  append_product(sum, static_cast<double>(term.gradient), static_cast<double>(term.w), digits);
}

void append_term(std::string& sum, const GradientTerm& term, int digits) {
  append_product(sum, static_cast<double>(term.gradient), static_cast<double>(term.x), digits);
}

void append_term(std::string& sum, const PoolBackwardTerm& term, int digits) {
  append(sum, static_cast<double>(term.gradient), digits);
  if (term.divisor != 1.0) sum += "/" + number_text(term.divisor, digits);
}

// Writes the first terms and the sum of the others that are not 0; empty where all are 0.
template <typename Term>
std::string terms_text(const std::vector<Term>& largest, Index nonzero, double total,
                       std::size_t max_terms, int digits) {
  std::string text;
  const auto written = std::span(largest).first(std::min(max_terms, largest.size()));
  for (const Term& term : written) {
    append_term(text, term, digits);
    total -= term.product();
  }
  const Index others = nonzero - std::ssize(written);
  if (others > 0) {
    append(text, total, digits);
    text += others == 1 ? " (the other term)" : " (the other " + count_text(others) + " terms)";
  }
  return text;
}

std::string zeros_text(Index count) {
  return count == 1 ? "1 term that is 0 = 0" : count_text(count) + " terms that are 0 = 0";
}

}  // namespace

std::string backward_formula(const BackwardSum& sum, std::size_t max_terms, int digits) {
  if (sum.count == 0) return "0, as no output sums it";
  if (sum.nonzero == 0) return zeros_text(sum.count);
  return terms_text(sum.largest, sum.nonzero, sum.total, max_terms, digits) + " = " +
         number_text(sum.total, digits);
}

std::string gradient_formula(const GradientSum& sum, std::size_t max_terms, int digits) {
  std::string terms = terms_text(sum.largest, sum.nonzero, sum.products, max_terms, digits);
  if (terms.empty()) terms = "0";
  const std::string value = " = " + number_text(sum.value(), digits);
  if (sum.outputs > 0) return "2/" + count_text(sum.outputs) + "·(" + terms + ")" + value;
  if (sum.factor != 1.0) return number_text(sum.factor, digits) + "·(" + terms + ")" + value;
  return sum.nonzero == 0 ? zeros_text(sum.count) : terms + value;
}

std::string pool_backward_formula(const PoolBackwardSum& sum, std::size_t max_terms, int digits) {
  if (sum.nonzero > 0) {
    const std::string terms = terms_text(sum.largest, sum.nonzero, sum.total, max_terms, digits);
    const std::string total = number_text(sum.total, digits);
    return terms == total ? total : terms + " = " + total;
  }
  if (sum.count > 0) return zeros_text(sum.count);
  if (sum.windows == 0) return "0, as no window covers it";
  if (sum.tied > 0) return "0, as an equal cell before it won";
  return "0, as it is not the largest of any window";
}

std::string pool_backward_outputs(const PoolBackwardSum& sum, std::size_t max_terms) {
  const auto written = std::span(sum.largest).first(std::min(max_terms, sum.largest.size()));
  const Index others = sum.nonzero - std::ssize(written);
  std::string text;
  for (std::size_t i = 0; i < written.size(); ++i) {
    if (i > 0) text += others == 0 && i + 1 == written.size() ? " and " : ", ";
    text += pair_text(written[i].pooled);
  }
  if (others == 0) return text;
  const std::string rest = others == 1 ? "1 other" : count_text(others) + " others";
  return text.empty() ? rest : text + " and " + rest;
}

std::string relu_backward_text(const ReluBackward& relu, const std::string& symbol, int digits) {
  return number_text(static_cast<double>(relu.result()), digits) +
         (relu.passes ? " passes, as " : ", as ") + symbol + " was " +
         number_text(static_cast<double>(relu.value), digits);
}

}  // namespace convscope::engine
