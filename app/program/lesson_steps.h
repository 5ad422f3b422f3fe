#pragma once

#include <optional>
#include <string>

#include "app/program/document/document.h"
#include "app/program/lesson/lessons.h"
#include "app/program/live/live.h"
#include "app/program/names.h"
#include "app/program/view/view.h"

// What the steps of a lesson do to the scene, the learning and the view.
namespace convscope::program {

// All that the steps of a lesson change.
struct LessonParts {
  Lessons& lessons;
  Document& document;
  Live& live;
  View& view;
};

void perform(const LessonAction& action, const LessonParts& parts);

// Shows the present step's page and cards, as when undo has led to it.
void show_step(const Lectern& lectern, View& view);

// Takes over a lesson that was read. Returns one sentence if it could not be.
std::optional<std::string> take_lesson(const LessonParts& parts);

// Sets what follows from the lesson in every frame of `width` pixels at a scale of the interface:
// the room that its panel takes, and the cards that are left out and kept back.
void follow_lesson(const Lectern& lectern, float width, float scale, ViewSettings& settings);

// Whether the present step tells of the learning, which must run then although it may not be seen.
bool lesson_learns(const Lectern& lectern);

}  // namespace convscope::program
