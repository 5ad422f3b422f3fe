#include "app/lesson/lesson.h"

#include <algorithm>

namespace convscope::lesson {
namespace {

bool any_learns(const std::vector<TextRun>& runs) {
  return std::ranges::any_of(runs,
                             [](const TextRun& r) { return r.live && r.live->reference.learns(); });
}

bool any_learns(const Prediction& prediction) {
  return any_learns(prediction.question) || any_learns(prediction.explanation) ||
         std::ranges::any_of(prediction.answers, [](const AcceptedAnswer& a) {
           return a.reference && a.reference->learns();
         });
}

}  // namespace

bool Step::learns() const {
  return show.steps > 0 ||
         std::ranges::any_of(blocks, [](const TextBlock& b) { return any_learns(b.runs); }) ||
         std::ranges::any_of(predictions, [](const Prediction& p) { return any_learns(p); });
}

}  // namespace convscope::lesson
