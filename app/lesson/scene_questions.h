#pragma once

#include <cstdint>
#include <stop_token>
#include <string>

#include "app/lesson/lesson.h"
#include "app/lesson/names.h"
#include "app/lesson/step_values.h"

// Makes a lesson of questions about a scene, each with an answer that the engine gives and wrong
// ones that typical mistakes give.
namespace convscope::lesson {

// A scene that is to be asked about.
struct QuestionSource {
  Scene scene;
  ResultsPtr results;      // of this scene, where they are known; may be null
  std::uint64_t seed = 1;  // chooses the cells, the layer and the order of the options
};

// Writes the lesson as Markdown, a step for each question that the scene allows. `scene_block` is
// what stands in the first step's scene block; empty for none. Returns an empty text if `stop` was
// requested. Throws Error where the scene allows no question.
std::string write_questions(const QuestionSource& source, const std::string& scene_block,
                            const StepLimits& limits = {}, const std::stop_token& stop = {});

// Returns the lesson itself, whose steps have the scene as it is and share its tensors. Throws
// Error as write_questions does, and also if `stop` was requested.
Lesson questions_about(const QuestionSource& source, const StepLimits& limits = {},
                       const std::stop_token& stop = {});

}  // namespace convscope::lesson
