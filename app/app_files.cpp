// Files that are opened and saved.
#include <utility>

#include "app/app.h"
#include "app/files/write_file.h"
#include "app/recovery.h"

namespace convscope {

void App::drop(std::span<const std::filesystem::path> paths) {
  if (paths.empty()) return;
  Action action = open_file(paths.front());
  if (auto* picture = std::get_if<OpenPicture>(&action)) {
    picture->more.assign(paths.begin() + 1, paths.end());
    picture->color = !picture->more.empty() && scene_.input.tensor->shape().c == 3;
  } else if (auto* scene = std::get_if<OpenScene>(&action)) {
    scene->beside = paths.size() - 1;
  }
  perform(action);
}

void App::take_file(LoadedFile& loaded) {
  if (!loaded.error.empty()) {
    message_ = "This can't be opened: " + loaded.error + ".";
    message_is_error_ = true;
    return;
  }
  // What was edited since it was asked for was not asked about; a newer wish to leave goes first.
  if (const auto* scene = std::get_if<Scene>(&loaded.content);
      scene != nullptr && would_lose_work() && left_version_ != scene_version_) {
    if (!leaving_) leave_scene(OpenScene{scene->file, loaded.beside});
    return;
  }
  // An error of a picture that was to be added before this one stays.
  if (!loaded.added || !message_is_error_) message_.clear();
  if (loaded.beside > 0) {
    message_ = "A scene is opened alone: what was dropped with it (" +
               std::to_string(loaded.beside) + (loaded.beside == 1 ? " file" : " files") +
               ") was left out.";
    message_is_error_ = false;
  }
  tell_of_white(loaded);
  if (auto* target = std::get_if<TargetPicture>(&loaded.content)) {
    LearningScene learning = scene_.learning;
    learning.target = LearningTarget::kPicture;
    learning.picture = std::move(target->tensor);
    learning.picture_name = std::move(target->name);
    learning_.view = ErrorView::kTarget;
    perform(Edit{std::move(learning)});
  } else if (auto* input = std::get_if<InputScene>(&loaded.content)) {
    if (loaded.added) view_.planes.sample = input->tensor->shape().n - 1;
    perform(Edit{std::move(*input), loaded.continues});
  } else {
    saved_ = std::get<Scene>(loaded.content);
    perform(Edit{saved_});
  }
}

// What can be seen through has no colour behind it: a picture of black ink would be all black.
void App::tell_of_white(const LoadedFile& loaded) {
  if (!loaded.over_white) return;
  const auto* target = std::get_if<TargetPicture>(&loaded.content);
  message_ = "Parts of " + (target ? target->name : std::get<InputScene>(loaded.content).name) +
             " can be seen through; they were put on white.";
  message_is_error_ = false;
}

void App::open_example(const Example& example) {
  message_.clear();
  loader_.cancel();
  perform(ShowPage{example.page});
  saved_ = example_scene(example);
  perform(Edit{saved_});
}

void App::save(const SaveScene& wanted) {
  if (changer_.busy()) {
    save_next_ = wanted;
  } else if (wanted.path.empty() && (scene_.file.empty() || is_read_only(scene_.file) ||
                                     (recovery_ && recovery_->asks_before_saving(scene_.file)))) {
    // Asks for a name, or whether to replace the file all the same.
    perform(ShowSaveDialog{});
  } else {
    saver_.save(scene_, wanted.path.empty() ? std::filesystem::path(scene_.file) : wanted.path,
                wanted.replace_read_only);
  }
}

// What was edited since goes on being unsaved, and leaving asks for it again; another scene may
// have been opened.
void App::take_saved(SavedScene& saved) {
  if (!saved.error.empty()) {
    message_ = saved.error + ".";
    message_is_error_ = true;
    leaving_.reset();
    return;
  }
  if (leaving_ && leaving_->state == Leaving::State::kSaves) {
    leaving_->state = Leaving::State::kBegins;
  }
  const std::string& file = saved.scene.file;
  history_.rename(saved.before, file);
  if (recovery_) recovery_->saved(file);
  if (scene_.file == saved.before) scene_.file = file;
  if (scene_.file != file) return;
  saved_ = std::move(saved.scene);
  unsaved_ = scene_ != saved_;
  keep_unsaved();
}

}  // namespace convscope
