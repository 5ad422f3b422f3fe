#include "app/lesson/step_values.h"

#include <memory>

#include "app/session/evaluator.h"
#include "app/session/train_scene.h"

namespace convscope::lesson {
namespace {

StepValues computed(const Scene& scene, bool learns, Index steps, const StepLimits& limits,
                    const std::stop_token& stop, const ResultsPtr& known = nullptr) {
  StepValues values;
  values.results = known ? known : std::make_shared<const Results>(evaluate(scene, limits.results));
  if (learns) values.training = train_scene(scene, steps, limits.learning, stop);
  return values;
}

}  // namespace

StepValues values_of(const Step& step, const StepLimits& limits, const std::stop_token& stop,
                     const ResultsPtr& known) {
  return computed(step.scene, step.learns(), step.show.steps, limits, stop, known);
}

StepValues supposed_values(const Step& step, const Prediction& prediction, const StepLimits& limits,
                           const std::stop_token& stop) {
  const Scene& scene = prediction.scene ? *prediction.scene : step.scene;
  return computed(scene, step.learns(), prediction.steps.value_or(step.show.steps), limits, stop);
}

}  // namespace convscope::lesson
