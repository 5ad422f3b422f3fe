#include "app/program/waits.h"

namespace convscope::program {

namespace {

constexpr double kLongWork = 0.2;    // seconds
constexpr double kTypedOnFor = 0.3;  // seconds after a dialog has closed

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

void KeyGuard::follow(bool dialog, bool any_key_down, double now) {
  if (dialog_ && !dialog) closed_at_ = now;
  held_ = any_key_down && (dialog_ || held_);
  dialog_ = dialog;
}

bool KeyGuard::lets_through(bool ctrl, double now) const {
  return dialog_ || (!held_ && (ctrl || now - closed_at_ > kTypedOnFor));
}

bool NoteWait::update(std::string_view note, ImVec2 pointer, bool keyboard) {
  if (note != note_) {
    note_ = note;
    at_.reset();
    if (!note_.empty()) at_ = pointer;
  }
  if (keyboard) at_.reset();
  if (at_ && (at_->x != pointer.x || at_->y != pointer.y)) at_.reset();
  return waits();
}

}  // namespace convscope::program
