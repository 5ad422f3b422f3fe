#include "app/lesson/shown_values.h"

#include <cassert>

namespace convscope::lesson {

const ShownValue& ShownValues::of(const TextRun& run, const StepValues& values) {
  assert(run.live);
  if (values.results != values_.results || values.training != values_.training) {
    shown_.clear();
    values_ = values;
  }
  const auto found = shown_.find(&run);
  if (found != shown_.end()) return found->second;
  return shown_.emplace(&run, shown_value(*run.live, values)).first->second;
}

void ShownValues::clear() {
  shown_.clear();
  values_ = {};
}

}  // namespace convscope::lesson
