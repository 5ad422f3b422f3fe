#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "engine/quadratic.h"

// What the learn command tells about a run, beside its weights.
namespace convscope {

// "step,loss" and a line for each: the loss after so many steps, to its last digit.
std::string history_csv(const std::vector<double>& losses);

// Eigenvalues of H, cliff, best rate, rank, what can't be learned, and the optimum, a line each.
void print_analysis(const QuadraticLoss& loss, std::ostream& out);

// A bar that is drawn over itself, with the steps done in a second and the loss. Draws ten times a
// second at most, and takes its line away at the end.
class ProgressBar {
 public:
  ProgressBar(std::ostream* out, Index steps);  // null: draws nothing
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  void show(Index step, double loss);

 private:
  std::ostream* out_;
  Index steps_;
  double begin_ = 0.0;  // seconds of a steady clock
  double drawn_ = 0.0;
};

}  // namespace convscope
