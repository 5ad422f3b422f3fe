#include "app/lesson/scene_questions.h"

#include <array>
#include <memory>
#include <optional>

#include "app/lesson/layer_questions.h"
#include "app/lesson/learning_questions.h"
#include "app/lesson/pooling_question.h"
#include "app/lesson/read_lesson.h"
#include "app/session/evaluator.h"
#include "app/session/train_scene.h"
#include "engine/core/error.h"

namespace convscope::lesson {
namespace {

constexpr const char* kHead =
    "# Questions about this scene\n\n"
    "What would tell an answer is kept back until it is given.\n\n";

// The eigenvalues cost this many multiply-adds at most; beyond that nothing is asked about the
// learning, as the questions are to come at once.
constexpr double kMostWork = 4e9;

bool learns_quickly(const LayerResults& layer) {
  if (!layer.output) return false;
  const auto weights = static_cast<double>(layer.weight.numel());
  return static_cast<double>(layer.output->numel()) * weights * weights < kMostWork;
}

AskedScene asked_scene(const QuestionSource& source, const StepLimits& limits,
                       const std::stop_token& stop) {
  AskedScene asked{.scene = source.scene, .start = {}, .next = {}};
  const bool known = source.results && source.results->scene == source.scene;
  asked.start.results =
      known ? source.results
            : std::make_shared<const Results>(evaluate(source.scene, limits.results));
  asked.next.results = asked.start.results;
  if (!learns_quickly(asked.start.results->layers.front())) return asked;
  const auto keep_start = [&](const TrainingRun& run) {
    if (asked.start.training) return;
    asked.start.training = std::make_shared<const TrainingSnapshot>(snapshot_of(run, false));
  };
  asked.next.training = train_scene(source.scene, 1, limits.learning, stop, keep_start);
  return asked;
}

}  // namespace

std::string write_questions(const QuestionSource& source, const std::string& scene_block,
                            const StepLimits& limits, const std::stop_token& stop) {
  constexpr std::array kQuestions = {kernel_question, shape_question,  parameters_question,
                                     cell_question,   winner_question, rate_question,
                                     weight_question};
  const AskedScene asked = asked_scene(source, limits, stop);
  Random random(source.seed);
  std::string text = kHead;
  bool any = false;
  for (const auto& question : kQuestions) {
    if (stop.stop_requested()) return "";
    Random own(random.next());
    const std::optional<QuestionDraft> draft = question(asked, own);
    if (!draft) continue;
    const std::optional<std::string> step = written(*draft, asked, any ? "" : scene_block, own);
    if (!step) continue;
    text += *step;
    any = true;
  }
  if (!any)
    throw Error("nothing can be asked about this scene: " +
                (asked.start.results->layers.front().output_error.empty()
                     ? "it has too few numbers"
                     : asked.start.results->layers.front().output_error));
  return text;
}

Lesson questions_about(const QuestionSource& source, const StepLimits& limits,
                       const std::stop_token& stop) {
  Lesson lesson = parse_lesson(write_questions(source, "", limits, stop),
                               "Questions about this scene", {}, &source.scene);
  lesson.about_scene = true;
  return lesson;
}

}  // namespace convscope::lesson
