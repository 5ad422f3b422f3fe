#include "app/export/snippet/learning_text.h"

#include <array>
#include <cmath>
#include <cstdio>

#include "app/export/snippet/python.h"

namespace convscope::exports {
namespace {

// Two digits, rounded up.
std::string rounded_up(double value) {
  std::array<char, 32> buffer{};
  if (value > 0.0) {
    const double unit = std::pow(10.0, std::floor(std::log10(value)) - 1.0);
    value = std::ceil(value / unit) * unit;
  }
  std::snprintf(buffer.data(), buffer.size(), "%.1e", value);
  return value > 0.0 ? buffer.data() : "0.0";
}

}  // namespace

std::string predict_function(const SnippetLearning& run, const std::string& before,
                             const std::string& convolution) {
  const std::string name = std::string("def predict(weight") + (run.has_bias() ? ", bias" : "");
  std::string body = before + convolution;
  // The last line is "y = ...": what it makes is returned.
  const std::size_t last = body.rfind('\n', body.size() - 2);
  const std::size_t begin = last == std::string::npos ? 0 : last + 1;
  body.replace(begin, std::string("y = ").size(), "return ");
  return "\n\n" + name + "):\n" + python::indented(body) + "\n\n";
}

std::string predict_call(const SnippetLearning& run, const std::string& kernel) {
  return "predict(" + kernel + (run.has_bias() ? ", " + kernel + "_bias" : "") + ")";
}

std::string loop_head(const SnippetLearning& run, bool counted) {
  if (run.rates.size() == 1)
    return counted ? "for t in range(1, " + std::to_string(run.steps + 1) + "):\n"
                   : "for step in range(" + std::to_string(run.steps) + "):\n";
  std::string text = "rates = ";
  for (std::size_t i = 0; i < run.rates.size(); ++i) {
    const RatePart& part = run.rates[i];
    text += (i == 0 ? "[" : " + [") + part.rate + "] * " + std::to_string(part.steps);
    if (i % 4 == 3 && i + 1 < run.rates.size()) text += "\nrates = rates";
  }
  return text + "\n" + (counted ? "for t, rate in enumerate(rates, 1):\n" : "for rate in rates:\n");
}

std::string loop_rate(const SnippetLearning& run) {
  return run.rates.size() == 1 ? run.rates.front().rate : "rate";
}

std::string tolerance_text(const SnippetLearning& run) {
  return "# This is float64. Rounding to float32 has led the window's weights " +
         (run.weight_off > 0.0 ? rounded_up(run.weight_off) : std::string("nowhere")) +
         (run.weight_off > 0.0 ? " away from it;\n# twice that is allowed, and the rounding of one "
                                 "number.\n"
                               : " else;\n# what is allowed is the rounding of one number.\n") +
         "tolerance = " + rounded_up(run.weight_tolerance) + "\n";
}

std::string loss_check(const SnippetLearning& run, const std::string& loss) {
  return "assert abs(" + loss + " - " + python::number(run.loss) +
         ") <= " + rounded_up(run.loss_tolerance) + "\n";
}

std::string learning_title(const SnippetLearning& run) {
  return "# The learning: " + std::to_string(run.steps) + (run.steps == 1 ? " step" : " steps") +
         " from the same start, in float64, so that rounding does not add up.\n";
}

}  // namespace convscope::exports
