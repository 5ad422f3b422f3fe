#pragma once

#include <iosfwd>
#include <string>

#include "app/cli/names.h"
#include "app/files/write_file.h"
#include "engine/learning/optimizer.h"
#include "engine/learning/quadratic.h"

// Reports what the learn command did, besides writing the weights.
namespace convscope::cli {

// Which losses of a run are written: the start's, that of every `every`-th step, and the last.
struct HistoryPlan {
  Index steps = 0;
  Index every = 1;
  Index lines() const;       // including the header line
  double max_bytes() const;  // size of the file if all numbers are as long as possible
};

// Checks before the run whether its history fits. Throws Error if it exceeds the limit or the free
// space at `path`, and announces a large one on `out`. Does nothing for an empty path.
void require_history(const std::string& path, const HistoryPlan& plan, std::ostream& out);

// Writes "step,loss" and then one line for each loss after so many steps, with all its digits. The
// lines are written to the file as they come.
class HistoryWriter {
 public:
  // Writes to `file`; null writes nothing.
  HistoryWriter(PendingFile* file, HistoryPlan plan);
  // Must be called with the loss of the start, and after every step.
  void add(double loss);
  // Must be called after the last step.
  void finish();

 private:
  PendingFile* file_;
  HistoryPlan plan_;
  std::string lines_;  // lines that are not yet written
  Index step_ = 0;
};

// A progress bar that redraws its line at most ten times a second, and clears it at the end.
class ProgressBar {
 public:
  // Draws on `out`; null draws nothing.
  explicit ProgressBar(std::ostream* out);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  // Shows a share, such as "finding the eigenvalues: 40 %".
  void show_share(const char* what, double share);
  // Must be called before something else is printed.
  void clear();
  // Shows the learning rate, the steps per second and the loss.
  void show_steps(Index step, Index steps, double rate, double loss);

 private:
  bool due();
  void draw(double share, const std::string& text);

  std::ostream* out_;
  double begin_ = 0.0;  // start of the steps in seconds of a steady clock; 0 before
  double drawn_ = 0.0;
};

// Prints the eigenvalues of H, the cliff, the best rate, the rank, what can't be learned, and the
// optimum, one line each; with momentum also its rates and the best momentum.
void print_analysis(const QuadraticLoss& loss, const OptimizerOptions& optimizer, std::ostream& out,
                    ProgressBar& bar);

}  // namespace convscope::cli
