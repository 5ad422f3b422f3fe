#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <variant>

#include "app/lesson/lesson.h"
#include "app/program/names.h"

// The actions of lessons. A file is opened by OpenLesson, as leaving the scene may ask first.
namespace convscope::program {

using LessonPtr = std::shared_ptr<const lesson::Lesson>;

// Puts a lesson that was read into the window, at one of its steps.
struct ShowLesson {
  LessonPtr lesson;      // not null
  std::size_t step = 0;  // from 0
};
// Goes to a step of the open lesson, whose scene takes the place of the present one.
struct GoToStep {
  std::size_t step = 0;
};
enum class LessonCommand {
  kNext,
  kPrevious,
  kReset,           // the step as its author left it
  kTogglePanel,     // shows or hides it
  kToggleContents,  // the list of steps
  kClose,           // the scene stays; questions about it give back the lesson before them
  kResetScore,      // all questions are open again
  kReload,          // reads its file again, and stays at its step
  kAllCards,        // shows those that the step left out
};
// Asks a question that waited until it was wanted. Questions are numbered within their step.
struct AskQuestion {
  std::size_t question = 0;
};
struct AnswerQuestion {
  std::size_t question = 0;
  std::string answer;
};
// Makes questions about the present scene and shows them as a lesson; each time others.
struct AskAboutScene {};
// Ends a question without an answer.
struct RevealAnswer {
  std::size_t question = 0;
};
struct ResizeLesson {
  float width = 0.0f;  // of the panel, at scale 1
};

using LessonAction = std::variant<ShowLesson, GoToStep, LessonCommand, AskAboutScene, AskQuestion,
                                  AnswerQuestion, RevealAnswer, ResizeLesson>;

}  // namespace convscope::program
