#include "app/export/source.h"

#include <algorithm>

namespace convscope::exports {

std::vector<RunRow> run_rows(const TrainingSnapshot& training) {
  std::vector<RunRow> rows;
  auto frame = training.keyframes.begin();
  for (const LossPoint& point : training.history) {
    RunRow& row = rows.emplace_back(RunRow{point.step, point.loss, point.distance, {}});
    while (frame != training.keyframes.end() && (*frame)->step < point.step)
      ++frame;
    if (frame != training.keyframes.end() && (*frame)->step == point.step)
      row.values = (*frame)->parameters;
    if (point.step == training.step) row.values = Parameters{training.weight, training.bias};
  }
  return rows;
}

}  // namespace convscope::exports
