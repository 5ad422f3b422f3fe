#include "app/export/scene_source.h"

#include <memory>

#include "app/session/evaluator.h"
#include "app/session/train_scene.h"
#include "app/session/training_pace.h"
#include "engine/core/error.h"

namespace convscope::exports {

Source source_of(const Scene& scene, const SourceLimits& limits) {
  Source source;
  source.results = std::make_shared<const Results>(evaluate(scene, limits.results));
  source.dark = scene.look.theme == SceneTheme::kDark;
  source.signs = scene.look.signs;
  for (const ViewRange& range : scene.look.ranges)
    source.ranges[range.view] = {static_cast<RangeMode>(range.kind), {range.from, range.to}};
  return source;
}

void learn(Source& source, Index steps, const SourceLimits& limits, const Progress& progress,
           const std::function<void(const TrainingRun&)>& after_step) {
  source.run.clear();
  source.training =
      train_scene(source.results->scene, steps, limits.learning, {}, [&](const TrainingRun& run) {
        if (run.learner() == nullptr) return;
        if (after_step) after_step(run);
        source.run.push_back(
            {run.step_count(), run.loss(), run.distance(), run.learner()->parameters()});
        if (progress && steps > 0)
          progress("learning", static_cast<double>(run.step_count()) / static_cast<double>(steps));
      });
  if (source.training->weight.empty()) throw Error(source.training->message);
  const QuadraticAnalysis* spectrum =
      source.training->analysis ? &source.training->analysis->spectrum : nullptr;
  source.rate = step_rate(training_pace(source.results->scene.learning), spectrum);
}

void go_backward(Source& source, const SourceLimits& limits) {
  const Scene& scene = source.results->scene;
  BackwardRequest request{source.results, scene.layers.size(), nullptr, std::nullopt};
  if (scene.backward.source == GradientSource::kError && request.layers == 1)
    request.training = source.training;
  source.backward = std::make_shared<const BackwardResults>(
      *session::go_backward(request, std::stop_token(), limits.results));
}

}  // namespace convscope::exports
