#include "app/export/learning_parts.h"

#include <utility>

#include "app/export/plane_block.h"
#include "engine/core/error.h"

namespace convscope::exports {

const TrainingSnapshot& require_analysis(const Source& source) {
  const TrainingSnapshot& training = require_training(source);
  if (!training.analysis) throw Error("the eigenvalues of the loss are not known yet");
  return training;
}

HeatmapStyle bright_where_small(const Tensor& values) {
  const ValueRange range = finite_range(values.values());
  HeatmapStyle style;
  style.map = ColorMap::kViridis;
  style.lo = range.hi;
  style.hi = range.lo;
  return style;
}

void put_line(FieldBlock& block, std::vector<FieldPlace> points, LegendEntry entry) {
  block.lines.push_back({std::move(points), entry.color, entry.rim});
  block.legend.push_back(std::move(entry));
}

void put_mark(FieldBlock& block, const FieldPlace& at, LegendEntry entry) {
  block.marks.push_back({entry.sample, at, entry.color});
  block.legend.push_back(std::move(entry));
}

}  // namespace convscope::exports
