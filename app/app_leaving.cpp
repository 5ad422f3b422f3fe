// Leaving the scene, for another one or to end the program, without losing work.
#include <utility>

#include "app/app.h"
#include "app/recovery.h"

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
    if (recovery_) recovery_->end();
  }
}

void App::keep_unsaved_work(const std::filesystem::path& folder,
                            const std::function<void()>& wake) {
  recovery_ = std::make_unique<Recovery>(folder, wake);
  keep_unsaved();
}

std::string App::write_unsaved_work() {
  const std::optional<std::string> error = recovery_ ? recovery_->write_now() : std::nullopt;
  if (error) return "Unsaved changes could not be kept: " + *error + ".";
  return "Unsaved changes, if there were any, are offered by the next start.";
}

// What would be asked for when the program ends.
void App::keep_unsaved() {
  if (recovery_) recovery_->keep(scene_, would_lose_work());
}

// A scene that was left behind is taken up as one step of undo, and is as unsaved as it was.
void App::poll_recovery() {
  if (!recovery_) return;
  if (const std::optional<std::string> error = recovery_->take_error()) {
    message_ = *error;
    message_is_error_ = true;
  }
  std::optional<Recovery::Recovered> recovered = recovery_->take();
  if (!recovered) return;
  if (recovered->scene) {
    message_ = recovered->notice;
    message_is_error_ = false;
    perform(Edit{std::move(*recovered->scene)});
  } else {
    message_ = "The unsaved changes can't be gone on with, and are kept: " + recovered->error + ".";
    message_is_error_ = true;
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
