#include "app/session/autosaver.h"

#include <new>
#include <utility>

#include "engine/core/error.h"

namespace convscope::session {

Autosaver::Autosaver(std::filesystem::path folder, std::function<void()> wake, AutosavePace pace)
    : folder_(std::move(folder)),
      pace_(pace),
      worker_([this](bool, const std::stop_token&) { return write_if_overdue(); }, std::move(wake),
              {.when_quiet = [this](const std::stop_token&) { return write_now(); },
               .quiet = pace.quiet}) {}

void Autosaver::keep(const Scene& scene) {
  keeps_ = true;
  want(scene);
}

void Autosaver::forget() {
  if (std::exchange(keeps_, false)) want(std::nullopt);
}

void Autosaver::want(std::optional<Scene> scene) {
  {
    const std::scoped_lock lock(wanted_mutex_);
    wanted_.swap(scene);
    if (!std::exchange(due_, true)) due_since_ = Clock::now();
  }
  worker_.submit(true);
}

void Autosaver::adopt(KeptScene kept) {
  keeps_ = true;
  const std::scoped_lock lock(wanted_mutex_);
  adopted_ = std::move(kept);
}

// Writes the scene if it has waited for `longest`, because ongoing changes leave no quiet moment in
// which it is written. A kept scene that was saved or discarded is removed at once, because the
// next run must not offer it.
std::optional<std::string> Autosaver::write_if_overdue() {
  {
    const std::scoped_lock lock(wanted_mutex_);
    if (wanted_ && Clock::now() - due_since_ < pace_.longest) return std::nullopt;
  }
  return write_now();
}

std::optional<std::string> Autosaver::write_now() {
  const std::scoped_lock lock(kept_mutex_);
  std::optional<Scene> scene;
  {
    const std::scoped_lock wanted(wanted_mutex_);
    if (adopted_) {
      if (kept_) kept_->remove();
      kept_.reset();  // assigning would swap the locks
      kept_.emplace(*std::exchange(adopted_, std::nullopt));
    }
    if (!std::exchange(due_, false)) return std::nullopt;
    scene = std::exchange(wanted_, std::nullopt);
  }
  if (!scene) {
    if (kept_) kept_->remove();
    kept_.reset();
    return std::nullopt;
  }
  try {
    if (folder_.empty()) throw Error("neither XDG_STATE_HOME nor HOME names a folder");
    if (!kept_) kept_.emplace(KeptScene::begin(folder_));
    kept_->save(*scene);
    return std::nullopt;
  } catch (const Error& error) {
    return error.what();
  } catch (const std::bad_alloc&) {
    return "there is not enough memory";
  }
}

}  // namespace convscope::session
