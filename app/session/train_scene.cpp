#include "app/session/train_scene.h"

#include <memory>
#include <utility>
#include <vector>

#include "app/session/training_companions.h"
#include "app/session/training_pace.h"
#include "app/session/training_problem.h"

namespace convscope::session {
namespace {

// Returns the runs beside this one, after as many steps.
std::vector<ComparedHistory> compared(const Scene& scene, const TrainingProblemPtr& problem,
                                      const TrainingSetup& setup, Index steps,
                                      const std::stop_token& stop) {
  if (scene.learning.compared.empty()) return {};
  constexpr int kMilliseconds = 1000;  // after which it asks again whether it is to stop
  TrainingCompanions runs;
  runs.set(scene.learning.compared, problem, setup);
  while (runs.behind(steps) && !stop.stop_requested())
    runs.advance(steps, stop, kMilliseconds);
  return runs.histories();
}

}  // namespace

TrainingSnapshotPtr train_scene(const Scene& scene, Index steps, const MemoryLimit& limit,
                                const std::stop_token& stop,
                                const std::function<void(const TrainingRun&)>& after_step) {
  const TrainingSetup setup = training_setup(scene);
  const TrainingProblemPtr problem = make_training_problem(setup.data, stop, {}, limit);
  if (!problem) return nullptr;
  TrainingRun run(problem, setup);
  run.analyse(stop);
  const TrainingPace pace = training_pace(scene.learning);
  const QuadraticAnalysis* spectrum = run.analysis() ? &run.analysis()->spectrum : nullptr;
  const float rate = step_rate(pace, spectrum);
  if (after_step) after_step(run);
  for (Index i = 0; i < steps && run.can_step() && !stop.stop_requested(); ++i) {
    run.step(rate);
    if (after_step) after_step(run);
  }
  TrainingSnapshot snapshot = snapshot_of(run, false);
  if (run.diverged()) snapshot.state = TrainingState::kDiverged;
  snapshot.compared = compared(scene, problem, setup, run.step_count(), stop);
  return std::make_shared<const TrainingSnapshot>(std::move(snapshot));
}

}  // namespace convscope::session
