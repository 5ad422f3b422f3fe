#include "engine/kernel_info/kernel_text.h"

#include <algorithm>
#include <cmath>

#include "engine/core/number_text.h"

namespace convscope::engine {
namespace {

constexpr double kZero = 1e-6;  // relative to Σ|w|

std::string number(double value) {
  return number_text(value, 4);
}

std::string sum_sentence(const KernelFacts& facts) {
  if (facts.absolute_sum == 0.0) return "All weights are 0, and so is every output.";
  const double tolerance = kZero * facts.absolute_sum;
  if (std::abs(facts.sum) <= tolerance)
    return "Constant areas give 0: only differences between cells remain.";
  const bool one = std::abs(facts.sum - 1.0) <= tolerance;
  if (one && facts.smallest >= 0.0) return "Each output is a weighted mean of its window.";
  if (one) return "Constant areas keep their value.";
  return "Constant areas are multiplied by " + number(facts.sum) + ".";
}

// Compares the cost of `rank` pairs of one-dimensional passes with that of the kernel.
std::string saving_sentence(Index rank, Yx size) {
  const Index passes = rank * (size.y + size.x);
  const Index direct = size.y * size.x;
  const std::string sum = std::to_string(size.y) + " + " + std::to_string(size.x);
  return (rank == 1 ? sum : std::to_string(rank) + "·(" + sum + ")") + " = " +
         std::to_string(passes) + " instead of " + std::to_string(direct) +
         " multiplications a cell" + (passes < direct ? "." : ": nothing is saved.");
}

}  // namespace

const char* name(Symmetry symmetry) {
  switch (symmetry) {
    case Symmetry::kSymmetric:
      return "symmetric";
    case Symmetry::kAntisymmetric:
      return "antisymmetric";
    case Symmetry::kNone:
      break;
  }
  return "neither";
}

std::vector<std::string> kernel_sentences(const KernelFacts& facts) {
  std::vector<std::string> sentences{sum_sentence(facts)};
  if (facts.absolute_sum == 0.0) return sentences;
  if (facts.half_turn == Symmetry::kSymmetric)
    sentences.push_back("Convolution with it is the same as cross-correlation.");
  if (facts.half_turn == Symmetry::kAntisymmetric)
    sentences.push_back("Convolution with it is the negative of cross-correlation.");
  sentences.push_back("No output exceeds " + number(facts.absolute_sum) +
                      " times the largest |input|.");
  sentences.push_back("Independent noise is multiplied by " + number(facts.norm) + ".");
  return sentences;
}

std::string separability_text(const KernelSvd& svd) {
  const auto [h, w] = svd.size;
  if (h * w == 1) return "A single weight: there is nothing to separate.";
  if (svd.rank == 0) return "Rank 0: all weights are 0.";
  if (h == 1 || w == 1)
    return std::string("Rank 1: a single ") + (h == 1 ? "row" : "column") +
           " is one-dimensional already.";
  if (svd.separable()) return "Rank 1: separable. " + saving_sentence(1, svd.size);
  return "Rank " + std::to_string(svd.rank) + " of " + std::to_string(std::min(h, w)) +
         ": not separable. The first product has " + number_text(100.0 * svd.first_share(), 3) +
         " % of the norm. " + saving_sentence(svd.rank, svd.size);
}

std::string frequency_text(const FrequencySummary& s) {
  const auto amount = [&](double value) {
    return value <= kZero * s.largest ? std::string("do not pass") : "pass by " + number(value);
  };
  const std::string zero = " Constant areas " + amount(s.at_zero) + ".";
  const std::string repeats = s.repeats ? " The dilation repeats the pattern." : "";
  const std::string peak = "by " + number(s.largest) + " at fy " + number(s.peak_y) + ", fx " +
                           number(s.peak_x) + "." + zero + repeats;
  switch (s.band) {
    case Band::kNothing:
      return "No frequency passes.";
    case Band::kAll:
      return "All frequencies pass alike, by " + number(s.largest) + ".";
    case Band::kLow:
      if (s.repeats) return "Frequency 0 passes best: by " + number(s.at_zero) + "." + repeats;
      return "Low frequencies pass best: by " + number(s.at_zero) +
             " at 0. The highest, fy 0.5 and fx 0.5, " + amount(s.at_half) + ".";
    case Band::kMiddle:
      return "A band passes best: " + peak;
    case Band::kHigh:
      break;
  }
  return "High frequencies pass best: " + peak;
}

std::string matrix_row_text(const MatrixRow& row) {
  const Index nonzeros = row.nonzeros();
  const std::string columns = count_text(row.columns) + " numbers";
  std::string text = "row " + count_text(row.row) + " of the " + count_text(row.rows) + " × " +
                     count_text(row.columns) + " matrix; ";
  if (nonzeros == 0) {
    text += "all of its " + columns + " are 0";
  } else {
    text +=
        count_text(nonzeros) + " of its " + columns + (nonzeros == 1 ? " is" : " are") + " not 0";
  }
  const Index sums = std::ranges::count_if(
      row.entries, [](const MatrixEntry& e) { return e.weights > 1 && e.value != 0.0; });
  if (sums > 0)
    text += ", " + count_text(sums) + (sums == 1 ? " adds" : " add") +
            " up several weights (the padding repeats cells)";
  return text;
}

}  // namespace convscope::engine
