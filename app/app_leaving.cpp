// Leaving the scene, for another one or to end the program, without losing work.
#include <utility>

#include "app/app.h"

namespace convscope {

// A scene without a file is for playing with its numbers; what was drawn can't be had again.
bool App::would_lose_work() const {
  const LearningScene& learning = scene_.learning;
  const bool drawn =
      scene_.input.name == "drawn" || (learning.target == LearningTarget::kPicture &&
                                       learning.picture && learning.picture_name == "drawn");
  return unsaved_ && (drawn || !scene_.file.empty());
}

void App::close() {
  leave_scene(std::nullopt);
}

void App::leave_scene(std::optional<OpenScene> next) {
  leaving_ = {std::move(next), Leaving::State::kBegins};
  go_on_leaving();
}

void App::go_on_leaving() {
  using State = Leaving::State;
  // While a scene is on its way into its file, which may fail, nothing is decided.
  const bool writing = saver_.busy() || changer_.busy() || save_next_;
  while (std::optional<SavedScene> saved = saver_.take())
    take_saved(*saved);
  if (!leaving_ || writing) return;
  if (leaving_->state == State::kBegins) {
    leaving_->state = would_lose_work() ? State::kAsks : State::kGoes;
    if (leaving_->state == State::kAsks) view_.help = false;  // one window in front at a time
  }
  if (leaving_->state == State::kSaves && !file_dialog_.open && !file_dialog_.shown) {
    leaving_.reset();  // no name was given
    return;
  }
  if (leaving_->state != State::kGoes) return;
  const std::optional<OpenScene> next = std::exchange(leaving_, std::nullopt)->next;
  if (next && next->example) {
    open_example(examples()[*next->example]);
  } else if (next) {
    left_version_ = scene_version_;
    loader_.load(*next);
  } else {
    quit_ = true;
  }
}

void App::answer(SaveAnswer answer) {
  if (!leaving_) return;
  switch (answer) {
    case SaveAnswer::kSave:
      leaving_->state = Leaving::State::kSaves;
      save({});
      break;
    case SaveAnswer::kDiscard:
      leaving_->state = Leaving::State::kGoes;
      go_on_leaving();
      break;
    case SaveAnswer::kCancel:
      leaving_.reset();
      break;
  }
}

}  // namespace convscope
