// Files that are opened and saved.
#include <utility>

#include "app/app.h"
#include "app/scene/examples.h"

namespace convscope {

void App::take_file(LoadedFile& loaded) {
  if (!loaded.error.empty()) {
    message_ = "This can't be opened: " + loaded.error + ".";
    message_is_error_ = true;
    return;
  }
  message_.clear();
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

void App::open_example(const OpenExample& wanted) {
  const Example& example = examples()[wanted.index];
  message_.clear();
  view_.page = example.page;
  saved_ = example_scene(example);
  perform(Edit{saved_});
}

void App::save(const SaveScene& wanted) {
  if (wanted.path.empty() && scene_.file.empty()) {
    perform(ShowSaveDialog{});
  } else {
    saver_.save(scene_, wanted.path.empty() ? std::filesystem::path(scene_.file) : wanted.path);
  }
}

// What was edited since goes on being unsaved.
void App::take_saved(SavedScene& saved) {
  if (!saved.error.empty()) {
    message_ = saved.error + ".";
    message_is_error_ = true;
    return;
  }
  const std::string& file = saved.scene.file;
  history_.rename(saved.before, file);
  if (scene_.file == saved.before) scene_.file = file;
  saved_ = std::move(saved.scene);
  unsaved_ = scene_ != saved_;
}

}  // namespace convscope
