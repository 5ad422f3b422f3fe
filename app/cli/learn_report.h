#pragma once

#include <iosfwd>
#include <string>

#include "app/files/write_file.h"
#include "engine/learning/quadratic.h"

// What the learn command tells about a run, beside its weights.
namespace convscope {

// Which losses of a run are written: from the start on that of every `every`-th step, and the last.
struct HistoryPlan {
  Index steps = 0;
  Index every = 1;
  Index lines() const;  // with that of the names
  double most_bytes() const;
};

// Refuses what would be more than a history may have, or than is free where `path` is, before the
// run, and tells of one that is large; nothing for an empty path.
void require_history(const std::string& path, const HistoryPlan& plan, std::ostream& out);

// Writes "step,loss" and a line for each: the loss after so many steps, to its last digit. Lines go
// to the file as they come.
class HistoryWriter {
 public:
  HistoryWriter(PendingFile* file, HistoryPlan plan);  // null: writes nothing
  void add(double loss);                               // after one step more
  void finish();                                       // after the last

 private:
  PendingFile* file_;
  HistoryPlan plan_;
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
