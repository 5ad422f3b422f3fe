#include "app/panels/lesson/live_values.h"

#include <iterator>
#include <utility>

namespace convscope::panels {

bool LiveValues::follow(const PanelContext& context) {
  const Lectern& lectern = context.lessons.lectern;
  const TrainingRevision& training = context.live.training();
  const bool other_text = std::exchange(lectern_version_, lectern.version()) != lectern.version();
  const bool other_results = values_.results != context.live.results();
  const bool other_run = std::exchange(training_version_, training.version) != training.version;
  asked_ = &context.lessons.asked_values;
  const bool other_asked = std::exchange(asked_version_, asked_->version()) != asked_->version();
  if (!other_text && !other_results && !other_run && !other_asked) return false;
  values_ = {context.live.results(), training.snapshot};
  kept_back_ = open_subjects(lectern);
  if (other_text || other_results || other_asked) {
    shown_.clear();
  } else {
    std::erase_if(shown_, [](const auto& each) { return each.first->live->reference.learns(); });
  }
  return true;
}

const LiveShown& LiveValues::of(const lesson::TextRun& run) {
  const auto found = shown_.find(&run);
  return found != shown_.end() ? found->second : shown_.emplace(&run, make(run)).first->second;
}

LiveShown LiveValues::make(const lesson::TextRun& run) const {
  const lesson::LiveText& live = *run.live;
  if ((subjects_of(live.reference) & kept_back_) != 0)
    return {.text = "?", .kept_back = true, .tip = "Kept back until the question is answered"};
  const bool asked = asked_->concern(run);
  const lesson::StepValues& values = asked ? asked_->values() : values_;
  if (values.results == nullptr) return {.text = "…", .tip = {}};
  const lesson::ShownValue value = lesson::shown_value(live, values);
  LiveShown shown{.text = value.text, .tip = {}};
  if (!value.missing.empty()) {
    shown.tip = live.reference.text + " has no value now: " + value.missing;
  } else if (!value.holds.value_or(true) && !live.control) {
    // A control is there to be moved away from where it stood at first.
    shown.differs = true;
    shown.text = lesson::text_with_stated(live, value);
    shown.tip = "The lesson says " + live.stated->text + "; now " + live.reference.text + " is " +
                value.text + ".";
  } else {
    shown.tip = live.reference.text + (asked ? ", as it was asked" : ", as it is now");
  }
  return shown;
}

}  // namespace convscope::panels
