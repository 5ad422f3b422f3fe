#include "app/program/document/scene_files.h"

#include <utility>

#include "app/files/examples.h"
#include "app/files/write_file.h"
#include "app/program/document/array_edit.h"
#include "engine/core/error.h"

namespace convscope::program {

SceneFiles::SceneFiles(Document& document, const std::function<void()>& wake)
    : document_(document), loader_(wake), saver_(wake) {}

void SceneFiles::tell(std::string message, bool is_error) {
  news_.message = std::move(message);
  news_.message_is_error = error_shown_ = is_error;
}

DocumentNews SceneFiles::take_news() {
  return std::exchange(news_, {});
}

std::string SceneFiles::name_to_save() const {
  return document_.scene().file.empty() ? "scene.json" : document_.scene().file;
}

bool SceneFiles::asks_to_save() const {
  return leaving_ && leaving_->state == Leaving::State::kAsks;
}

void SceneFiles::drop(std::span<const std::filesystem::path> paths, std::optional<ArrayUse> onto) {
  if (paths.empty()) return;
  auto wanted = open_file(paths.front());
  if (auto* picture = std::get_if<OpenPicture>(&wanted)) {
    picture->more.assign(paths.begin() + 1, paths.end());
    picture->color = !picture->more.empty() && document_.scene().input.tensor->shape().c == 3;
    open(*picture);
  } else if (auto* scene = std::get_if<OpenScene>(&wanted)) {
    scene->beside = paths.size() - 1;
    open(*scene);
  } else if (auto* numbers = std::get_if<OpenNumbers>(&wanted)) {
    numbers->use = onto;
    open(*numbers);
  } else {
    open(std::get<OpenLesson>(wanted));
  }
}

void SceneFiles::poll(bool naming) {
  if (!document_.changing()) {
    if (std::optional<LoadedFile> loaded = loader_.take(document_.scene().input.tensor))
      take_file(*loaded);
    if (save_next_) save(*std::exchange(save_next_, std::nullopt));
  }
  go_on_leaving(naming);
}

void SceneFiles::take_file(LoadedFile& loaded) {
  if (!loaded.error.empty()) {
    tell("This can't be opened: " + loaded.error + ".", true);
    news_.failed = loaded.path;
    return;
  }
  // Edits made since the request were not asked about; a newer request to leave also comes first.
  if (const auto* scene = std::get_if<Scene>(&loaded.content);
      scene != nullptr && document_.would_lose_work() && left_version_ != document_.version()) {
    if (!leaving_) leave(OpenScene{scene->file, loaded.beside, {}, loaded.address});
    return;
  }
  // The error of a picture that could not be added before this one stays visible.
  if (!loaded.added || !error_shown_) tell("", false);
  tell_of_white(loaded);
  if (loaded.beside > 0) {
    tell("A scene is opened alone: what was dropped with it (" + std::to_string(loaded.beside) +
             (loaded.beside == 1 ? " file" : " files") + ") was left out.",
         false);
  }
  if (auto* target = std::get_if<TargetPicture>(&loaded.content)) {
    LearningScene learning = document_.scene().learning;
    learning.target = LearningTarget::kPicture;
    learning.picture = std::move(target->tensor);
    learning.picture_name = std::move(target->name);
    news_.target = true;
    document_.edit(Edit{std::move(learning)});
  } else if (auto* array = std::get_if<LoadedArray>(&loaded.content)) {
    take_array(std::move(*array));
  } else if (auto* question = std::get_if<ArrayQuestion>(&loaded.content)) {
    news_.arrays = std::move(*question);
  } else if (auto* input = std::get_if<InputScene>(&loaded.content)) {
    if (loaded.added) news_.sample = input->tensor->shape().n - 1;
    document_.edit(Edit{std::move(*input), loaded.continues});
  } else {
    auto& scene = std::get<Scene>(loaded.content);
    news_.look = scene.look;
    document_.open(std::move(scene));
  }
}

void SceneFiles::take_array(LoadedArray array) {
  const std::string name = array.name;
  const std::string shape = to_string(array.tensor.shape());
  const std::string note = std::exchange(array.note, {});
  const bool target = array.wanted.use == ArrayUse::kTarget;
  try {
    document_.edit(array_edit(document_.scene(), std::move(array)));
  } catch (const Error& error) {
    return tell("This can't be opened: " + std::string(error.what()) + ".", true);
  }
  news_.target = target;
  if (!note.empty()) tell("Opened " + name + ", " + shape + ": " + note + ".", false);
}

void SceneFiles::open_example(std::size_t number) {
  const Example& example = examples()[number];
  tell("", false);
  loader_.cancel();
  news_.page = example.page;
  Scene scene = example_scene(example);
  news_.look = scene.look;
  document_.open(std::move(scene));
}

void SceneFiles::save(const SaveScene& wanted) {
  const Scene& scene = document_.scene();
  if (document_.changing()) {
    save_next_ = wanted;
  } else if (wanted.path.empty() && asks_for_name()) {
    news_.asks_name = true;
  } else {
    saver_.save(scene, wanted.path.empty() ? std::filesystem::path(scene.file) : wanted.path,
                wanted.replace_read_only);
  }
}

// A file that is read-only or that others have changed is replaced only if the user chooses it
// again in the dialog, which warns.
bool SceneFiles::asks_for_name() const {
  const std::string& file = document_.scene().file;
  return file.empty() || is_read_only(file) || file == changed_by_others_;
}

// Says that a transparent picture was put on white. Without the white, a picture of black ink would
// be all black.
void SceneFiles::tell_of_white(const LoadedFile& loaded) {
  if (!loaded.over_white) return;
  const auto* target = std::get_if<TargetPicture>(&loaded.content);
  tell("Parts of " + (target ? target->name : std::get<InputScene>(loaded.content).name) +
           " can be seen through; they were put on white.",
       false);
}

// Edits made since the request to save stay unsaved, and leaving asks about them again. Another
// scene may have been opened meanwhile; Document::saved() checks that.
void SceneFiles::take_saved(SavedScene& saved) {
  if (!saved.error.empty()) {
    tell(saved.error + ".", true);
    news_.failed = saved.scene.file;
    leaving_.reset();
    return;
  }
  if (leaving_ && leaving_->state == Leaving::State::kSaves) {
    leaving_->state = Leaving::State::kBegins;
  }
  if (saved.scene.file == changed_by_others_) changed_by_others_.clear();
  error_shown_ = false;
  news_.done = "Saved " + std::filesystem::path(saved.scene.file).filename().string() + ".";
  document_.saved(std::move(saved.scene), saved.before);
}

void SceneFiles::leave(Next next) {
  leaving_ = {std::move(next), Leaving::State::kBegins};
  go_on_leaving(true);
}

void SceneFiles::go_on_leaving(bool naming) {
  using State = Leaving::State;
  // Nothing is decided while a scene is being written, which may fail.
  const bool writing = saver_.busy() || document_.changing() || save_next_;
  while (std::optional<SavedScene> saved = saver_.take())
    take_saved(*saved);
  if (!leaving_ || writing) return;
  if (leaving_->state == State::kBegins) {
    leaving_->state = document_.would_lose_work() ? State::kAsks : State::kGoes;
    news_.asks_to_save = leaving_->state == State::kAsks;
  }
  if (leaving_->state == State::kSaves && !naming && !news_.asks_name) {
    leaving_.reset();  // the user gave no name
    return;
  }
  if (leaving_->state == State::kGoes) {
    const Next next = leaving_->next;
    leaving_.reset();
    go(next);
  }
}

void SceneFiles::go(const Next& next) {
  if (const auto* scene = std::get_if<OpenScene>(&next)) {
    if (scene->example) return open_example(*scene->example);
    left_version_ = document_.version();
    loader_.load(*scene);
  } else if (const auto* lesson = std::get_if<OpenLesson>(&next)) {
    loader_.cancel();
    news_.lesson = *lesson;
  } else {
    ends_program_ = true;
  }
}

void SceneFiles::answer(SaveAnswer answer) {
  if (!leaving_) return;
  switch (answer) {
    case SaveAnswer::kSave:
      leaving_->state = Leaving::State::kSaves;
      save({});
      break;
    case SaveAnswer::kDiscard:
      leaving_->state = Leaving::State::kGoes;
      go_on_leaving(true);
      break;
    case SaveAnswer::kCancel:
      leaving_.reset();
      break;
  }
}

void SceneFiles::wait() {
  loader_.wait();
  saver_.wait();
}

}  // namespace convscope::program
