#pragma once

#include <map>

#include "app/lesson/live_text.h"
#include "app/lesson/names.h"
#include "app/lesson/text_block.h"

namespace convscope::lesson {

// What is shown for the live runs of a lesson, computed only where results or snapshot are others
// than before: a panel asks in every frame, and a sum over a large tensor takes its time.
class ShownValues {
 public:
  // Returns what is shown for a live run of a lesson that lives as long as this, or until clear().
  const ShownValue& of(const TextRun& run, const StepValues& values);
  // Forgets everything, to be called when another lesson takes the place of this one.
  void clear();

 private:
  StepValues values_;  // what the values were computed from; kept, so that no others look like them
  std::map<const TextRun*, ShownValue> shown_;
};

}  // namespace convscope::lesson
