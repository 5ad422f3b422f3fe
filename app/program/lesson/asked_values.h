#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <unordered_set>

#include "app/lesson/step_values.h"
#include "app/lesson/text_block.h"
#include "app/program/lesson/lectern.h"
#include "app/program/names.h"
#include "app/session/worker.h"

namespace convscope::program {

// The values that the questions of the present step and their explanations speak of. They are those
// of the step's scene, whatever the reader makes of it afterwards. Computed on a worker where the
// window doesn't have them. All members are called from one thread.
class AskedValues {
 public:
  // `wake` is called from the worker when values have come.
  explicit AskedValues(std::function<void()> wake);

  // Follows the lectern; to be called in every frame. `scene` and `results` are the newest of
  // the window, the latter may be of the scene before.
  void follow(const Lectern& lectern, const Scene& scene, const ResultsPtr& results);
  // Returns whether a text of the present step is evaluated with these values: it is a question's
  // or an explanation's, and nothing in it can be dragged.
  bool concern(const lesson::TextRun& run) const;
  // Without results as long as they are being computed.
  const lesson::StepValues& values() const { return values_; }
  // Blocks until they are computed; follow() then takes them.
  void wait() { worker_.wait(); }
  // Increases with other values.
  std::uint64_t version() const { return version_; }

 private:
  struct Request {
    LessonPlace place;
    ResultsPtr known;  // of the step's scene; null where they are to be computed
  };
  struct Computed {
    LessonPlace place;
    lesson::StepValues values;
  };
  static std::optional<Computed> compute(const Request& request, const std::stop_token& stop);
  void put(lesson::StepValues values);

  LessonPlace place_;
  lesson::StepValues values_;
  std::unordered_set<const lesson::TextRun*> runs_;  // that they are for
  bool requested_ = false;
  std::uint64_t version_ = 0;
  session::Worker<Request, Computed> worker_;
};

}  // namespace convscope::program
