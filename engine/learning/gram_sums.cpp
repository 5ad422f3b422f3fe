#include "engine/learning/gram_sums.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <mutex>
#include <string>

#include "engine/core/error.h"
#include "engine/core/parallel.h"
#include "engine/learning/gram_rows.h"
#include "engine/ops/canvas.h"
#include "engine/ops/memory_need.h"

namespace convscope::engine {
namespace {

// The sums that one task makes over its share of the rows.
struct Task {
  bool is_pair = true;
  Index i = 0;  // input channel
  Index j = 0;  // the other input channel of a pair; else the output channel, or -1 for the bias
  Index begin = 0, end = 0;  // rows of the canvas (pair) or of the output, through all pictures
  std::size_t first = 0;     // where its partial sums begin
};

struct Plan {
  std::vector<Task> tasks;
  std::size_t partials = 0;
};

void append(Plan& plan, Task task, Index rows, Index chunks, Index sums) {
  for (Index k = 0; k < chunks; ++k) {
    task.begin = rows * k / chunks;
    task.end = rows * (k + 1) / chunks;
    task.first = plan.partials;
    plan.tasks.push_back(task);
    plan.partials += static_cast<std::size_t>(sums);
  }
}

Plan make_plan(const Canvas& canvas, const Tensor& input, const GramSums& s, bool bias) {
  const Index taps = canvas.y.kernel * canvas.x.kernel;
  const Index inputs = input.shape().c / s.groups;
  const Index pairs = s.groups * inputs * (inputs + 1) / 2;
  const Index rows = input.shape().n * canvas.y.size();
  const Index output_rows = input.shape().n * canvas.y.outputs;
  const Index others = s.channels * inputs + (bias ? input.shape().c : 0);
  const Index chunks =
      std::clamp<Index>(std::min({(kGramTasks + pairs + others - 1) / (pairs + others),
                                  kMaxPartialGramSums / (pairs * taps * taps), rows / 16}),
                        1, kGramTasks);
  Plan plan;
  for (Index g = 0; g < s.groups; ++g) {
    for (Index i = g * inputs; i < (g + 1) * inputs; ++i) {
      for (Index j = i; j < (g + 1) * inputs; ++j)
        append(plan, {true, i, j}, rows, chunks, taps * taps);
    }
  }
  const Index outputs = s.channels / s.groups;
  for (Index i = 0; i < input.shape().c; ++i) {
    const Index g = i / inputs;
    if (bias) append(plan, {false, i, -1}, output_rows, chunks, taps + kTargetSums);
    for (Index o = g * outputs; o < (g + 1) * outputs; ++o)
      append(plan, {false, i, o}, output_rows, chunks, taps + kTargetSums);
  }
  return plan;
}

// Returns the place of each tap in the order of the weight.
std::vector<Index> weight_of_taps(const Canvas& canvas) {
  std::vector<Index> result;
  for (Index v = 0; v < canvas.y.kernel; ++v) {
    for (Index u = 0; u < canvas.x.kernel; ++u)
      result.push_back(canvas.y.weight_of_tap(v) * canvas.x.kernel + canvas.x.weight_of_tap(u));
  }
  return result;
}

// Adds the partial sums, one task after the other.
class Collector {
 public:
  Collector(const Canvas& canvas, Index input_channels, GramSums& sums)
      : sums_(sums), weights_(weight_of_taps(canvas)), inputs_(input_channels / sums.groups) {}

  void add(const Task& task, const double* partial) {
    if (task.is_pair)
      add_pair(task, partial);
    else
      add_cross(task, partial);
  }

 private:
  Index taps() const { return std::ssize(weights_); }
  Index place(Index channel, Index tap) const {
    return channel % inputs_ * taps() + weights_[static_cast<std::size_t>(tap)];
  }
  double& gram(Index group, Index row, Index column) {
    return sums_.gram[static_cast<std::size_t>((group * sums_.size + row) * sums_.size + column)];
  }
  double& cross(Index channel, Index k) {
    return sums_.cross[static_cast<std::size_t>(channel * sums_.size + k)];
  }

  void add_pair(const Task& task, const double* partial) {
    for (Index a = 0; a < taps(); ++a) {
      // For a channel with itself only one of two equal sums was made.
      for (Index b = task.i == task.j ? a : 0; b < taps(); ++b) {
        const double sum = partial[a * taps() + b];
        const Index row = place(task.i, a), column = place(task.j, b);
        gram(task.i / inputs_, row, column) += sum;
        if (row != column) gram(task.i / inputs_, column, row) += sum;
      }
    }
  }

  void add_cross(const Task& task, const double* partial) {
    const bool ones = task.j < 0;
    const Index last = sums_.size - 1;
    for (Index a = 0; a < taps(); ++a) {
      const Index k = place(task.i, a);
      if (ones) {
        gram(task.i / inputs_, k, last) += partial[a];
        gram(task.i / inputs_, last, k) += partial[a];
      } else {
        cross(task.j, k) += partial[a];
      }
    }
    if (ones || task.i % inputs_ != 0) return;
    if (sums_.size > inputs_ * taps()) cross(task.j, last) += partial[taps()];
    sums_.square += partial[taps() + 1];
  }

  GramSums& sums_;
  std::vector<Index> weights_;
  Index inputs_;
};

class ProgressReport {
 public:
  ProgressReport(const Progress& progress, std::size_t tasks)
      : progress_(progress), tasks_(static_cast<double>(tasks)) {}
  void task_done() {
    if (!progress_) return;
    const std::scoped_lock lock(mutex_);
    progress_(++done_ / tasks_);
  }

 private:
  const Progress& progress_;
  double tasks_;
  std::mutex mutex_;
  double done_ = 0.0;
};

GramSums make_sums(const Shape& input, const Shape& weight, const Shape& target,
                   const Conv2dOptions& options, bool bias) {
  GramSums s;
  s.groups = options.groups;
  s.channels = target.c;
  s.size = input.c / options.groups * weight.h * weight.w + (bias ? 1 : 0);
  if (s.size > kMaxGramSums / s.size / s.groups) {
    const auto max_size = static_cast<Index>(
        std::sqrt(static_cast<double>(kMaxGramSums) / static_cast<double>(s.groups)));
    throw Error("weight " + to_string(weight) + " has too many values for the exact answer: " +
                std::to_string(s.size) + " for an output channel, and with groups " +
                std::to_string(s.groups) + " it may have at most " + std::to_string(max_size));
  }
  s.gram.resize(static_cast<std::size_t>(s.groups * s.size * s.size));
  s.cross.resize(static_cast<std::size_t>(s.channels * s.size));
  return s;
}

}  // namespace

std::optional<GramSums> gram_sums(const Tensor& input, const Tensor& target, const Shape& weight,
                                  const Conv2dOptions& options, bool bias,
                                  const std::stop_token& stop, const Progress& progress) {
  const Canvas canvas = make_canvas(input.shape(), weight, options);
  GramSums sums = make_sums(input.shape(), weight, target.shape(), options, bias);
  const Plan plan = make_plan(canvas, input, sums, bias);
  std::vector<double> partials(plan.partials);
  ProgressReport report(progress, plan.tasks.size());
  auto run = [&](Index index, Index) {
    const Task& task = plan.tasks[static_cast<std::size_t>(index)];
    const RowShare share{task.begin, task.end};
    const std::span sum(partials.data() + task.first, partials.size() - task.first);
    if (task.is_pair)
      sum_pair(canvas, input, task.i, task.j, share, sum, stop);
    else
      sum_cross(canvas, input, task.i, target, task.j, share, sum, stop);
    report.task_done();
  };
  const auto tasks = static_cast<Index>(plan.tasks.size());
  if (!fast::run_tasks(tasks, fast::worker_count(), stop, run)) return std::nullopt;
  Collector collector(canvas, input.shape().c, sums);
  for (const Task& task : plan.tasks)
    collector.add(task, partials.data() + task.first);
  if (bias) {
    const Index cells = target.numel() / target.shape().c;
    for (Index g = 0; g < sums.groups; ++g)
      sums.gram[static_cast<std::size_t>((g + 1) * sums.size * sums.size - 1)] =
          static_cast<double>(cells);
  }
  return sums;
}

}  // namespace convscope::engine
