#include "app/program/waits.h"

namespace convscope::program {

namespace {

constexpr double kLongWork = 0.2;  // seconds

}  // namespace

void WorkTime::update(bool works, double now) {
  if (!works) {
    since_ = -1.0;
  } else if (since_ < 0.0) {
    since_ = now;
  }
}

bool WorkTime::is_long(double now) const {
  return works() && now - since_ > kLongWork;
}

bool NoteWait::update(std::string_view note, ImVec2 pointer) {
  if (note != note_) {
    note_ = note;
    at_.reset();
    if (!note_.empty()) at_ = pointer;
  }
  if (at_ && (at_->x != pointer.x || at_->y != pointer.y)) at_.reset();
  return waits();
}

}  // namespace convscope::program
