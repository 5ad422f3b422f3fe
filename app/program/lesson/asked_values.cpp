#include "app/program/lesson/asked_values.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "app/files/memory_limit.h"

namespace convscope::program {
namespace {

using Runs = std::vector<lesson::TextRun>;

// A number that is dragged is there to be played with, and so are those beside it.
bool is_fixed(const Runs& runs) {
  return std::ranges::none_of(
      runs, [](const lesson::TextRun& run) { return run.live && run.live->control; });
}

}  // namespace

std::optional<AskedValues::Computed> AskedValues::compute(const Request& request,
                                                          const std::stop_token& stop) {
  const lesson::Step& step = request.place.lesson->steps[request.place.step];
  Computed computed{request.place,
                    lesson::values_of(step, {scene_memory_limit(), learning_memory_limit()}, stop,
                                      request.known)};
  if (stop.stop_requested()) return std::nullopt;
  return computed;
}

AskedValues::AskedValues(std::function<void()> wake) : worker_(compute, std::move(wake)) {}

void AskedValues::follow(const Lectern& lectern, const Scene& scene, const ResultsPtr& results) {
  if (!(place_ == lectern.place())) {
    worker_.cancel();
    place_ = lectern.place();
    runs_.clear();
    requested_ = false;
    put({});
    if (!lectern.open()) return;
    for (const lesson::Prediction& prediction : lectern.step().predictions)
      for (const Runs* runs : {&prediction.question, &prediction.explanation})
        for (const lesson::TextRun& run : *runs)
          if (run.live && is_fixed(*runs)) runs_.insert(&run);
  }
  std::optional<Computed> computed = worker_.take();
  if (computed && computed->place == place_) put(std::move(computed->values));
  // Right after a step has been opened the window's results of it are still to come.
  if (runs_.empty() || requested_ || results == nullptr || results->scene != scene) return;
  const lesson::Step& step = lectern.step();
  const bool known = results->scene == step.scene;
  requested_ = true;
  if (known && !step.learns()) return put({results, nullptr});
  worker_.submit({place_, known ? results : nullptr});
}

bool AskedValues::concern(const lesson::TextRun& run) const {
  return runs_.contains(&run);
}

void AskedValues::put(lesson::StepValues values) {
  values_ = std::move(values);
  ++version_;
}

}  // namespace convscope::program
