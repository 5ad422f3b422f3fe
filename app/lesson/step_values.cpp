#include "app/lesson/step_values.h"

#include <memory>

#include "app/session/evaluator.h"
#include "app/session/training_pace.h"
#include "app/session/training_problem.h"
#include "app/session/training_run.h"

namespace convscope::lesson {
namespace {

TrainingSnapshotPtr trained(const Scene& scene, Index steps, const MemoryLimit& limit,
                            const std::stop_token& stop) {
  const TrainingSetup setup = training_setup(scene);
  const TrainingProblemPtr problem = make_training_problem(setup.data, stop, {}, limit);
  if (!problem) return nullptr;
  TrainingRun run(problem, setup);
  run.analyse(stop);
  const TrainingPace pace = training_pace(scene.learning);
  const QuadraticAnalysis* spectrum = run.analysis() ? &run.analysis()->spectrum : nullptr;
  const float rate = step_rate(pace, spectrum);
  for (Index i = 0; i < steps && run.can_step() && !stop.stop_requested(); ++i)
    run.step(rate);
  TrainingSnapshot snapshot = snapshot_of(run, false);
  if (run.diverged()) snapshot.state = TrainingState::kDiverged;
  return std::make_shared<const TrainingSnapshot>(std::move(snapshot));
}

StepValues computed(const Scene& scene, bool learns, Index steps, const StepLimits& limits,
                    const std::stop_token& stop) {
  StepValues values;
  values.results = std::make_shared<const Results>(evaluate(scene, limits.results));
  if (learns) values.training = trained(scene, steps, limits.learning, stop);
  return values;
}

}  // namespace

StepValues values_of(const Step& step, const StepLimits& limits, const std::stop_token& stop) {
  return computed(step.scene, step.learns(), step.show.steps, limits, stop);
}

StepValues supposed_values(const Step& step, const Prediction& prediction, const StepLimits& limits,
                           const std::stop_token& stop) {
  const Scene& scene = prediction.scene ? *prediction.scene : step.scene;
  return computed(scene, step.learns(), prediction.steps.value_or(step.show.steps), limits, stop);
}

}  // namespace convscope::lesson
