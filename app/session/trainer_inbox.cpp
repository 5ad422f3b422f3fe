#include "app/session/trainer_inbox.h"

#include <utility>

namespace convscope::session {

void TrainerInbox::follow(const LearningScene& learning) {
  pace = training_pace(learning);
  rules = learning.stop;
  compared = learning.compared;
}

void TrainerInbox::start_over(const TrainingSetup& setup, Time now, bool costly) {
  const bool follows = now - std::exchange(changed_at, now) < kPatience;
  beginning = Beginning{setup, follows && costly ? now + kPatience : now};
  course = {};
  notice.clear();
}

void TrainerInbox::run() {
  course.run = TrainingCourse::Run::kAsked;
  notice.clear();
  hurry();
}

void TrainerInbox::pause() {
  course.steps = 0;
  course.run = TrainingCourse::Run::kNone;
  republish = true;
}

bool TrainerInbox::step() {
  if (course.run != TrainingCourse::Run::kNone) return false;
  ++course.steps;
  notice.clear();
  hurry();
  return true;
}

void TrainerInbox::seek(Index step) {
  course = {.seek = step};
  notice.clear();
}

void TrainerInbox::hurry() {
  if (beginning) beginning->earliest = {};
}

}  // namespace convscope::session
