#pragma once

#include <iosfwd>
#include <string>

#include "app/files/write_file.h"
#include "engine/quadratic.h"

// What the learn command tells about a run, beside its weights.
namespace convscope {

// Writes "step,loss" and a line for each: the loss after so many steps, to its last digit. Lines go
// to the file as they come, for a run may have a billion.
class HistoryWriter {
 public:
  explicit HistoryWriter(PendingFile* file);  // null: writes nothing
  void add(double loss);                      // after one step more
  void finish();                              // after the last

 private:
  PendingFile* file_;
  std::string lines_;  // not written yet
  Index step_ = 0;
};

// A bar that is drawn over itself. Draws ten times a second at most, and takes its line away at the
// end.
class ProgressBar {
 public:
  explicit ProgressBar(std::ostream* out);  // null: draws nothing
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  // "finding the eigenvalues: 40 %"
  void show_share(const char* what, double share);
  void clear();  // before something else is printed
  // With the learning rate, the steps done in a second and the loss.
  void show_steps(Index step, Index steps, double rate, double loss);

 private:
  bool due();
  void draw(double share, const std::string& text);

  std::ostream* out_;
  double begin_ = 0.0;  // of the steps, in seconds of a steady clock; 0 before them
  double drawn_ = 0.0;
};

// Eigenvalues of H, cliff, best rate, rank, what can't be learned, and the optimum, a line each.
void print_analysis(const QuadraticLoss& loss, std::ostream& out, ProgressBar& bar);

}  // namespace convscope
