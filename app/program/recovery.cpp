#include "app/program/recovery.h"

#include <new>
#include <utility>

#include "engine/core/error.h"

namespace convscope::program {

Recovery::Read Recovery::read(const std::shared_ptr<KeptScene>& kept) {
  Read read{kept, std::nullopt, ""};
  try {
    read.scene = kept->load();
  } catch (const Error& error) {
    read.error = error.what();
  } catch (const std::bad_alloc&) {
    read.error = "there is not enough memory";
  }
  return read;
}

Recovery::Recovery(const std::filesystem::path& folder, const std::function<void()>& wake)
    : saver_(folder, wake),
      offered_(KeptScene::left_behind(folder)),
      reader_([](const std::shared_ptr<KeptScene>& kept,
                 const std::stop_token&) { return std::optional(read(kept)); },
              wake) {}

void Recovery::follow(const Document& document) {
  const bool unsaved = document.would_lose_work();
  if (followed_ == document.version() && unsaved_ == unsaved) return;
  followed_ = document.version();
  unsaved_ = unsaved;
  unsaved ? saver_.keep(document.scene()) : saver_.forget();
}

void Recovery::end() {
  saver_.forget();
  saver_.write_now();
}

void Recovery::wait() {
  reader_.wait();
  saver_.wait();
}

void Recovery::draw(const PanelContext& context, bool wanted) {
  std::optional<RecoveryOffer> offer;
  if (wanted && !offered_.empty()) {
    const KeptScene& newest = offered_.front();
    offer = {newest.file(), newest.time(), newest.file_is_newer(), offered_.size() - 1};
  }
  if (const auto given = draw_recovery_question(context, offer)) answer(*given);
}

// After a discarded scene the next one is offered. Only one scene can be restored, so after that
// the others stay on disk for the next start.
void Recovery::answer(RecoveryAnswer answer) {
  if (answer == RecoveryAnswer::kLater) {
    offered_.clear();  // releases their locks, so that another run can offer them
    return;
  }
  auto chosen = std::make_shared<KeptScene>(std::move(offered_.front()));
  offered_.erase(offered_.begin());
  if (answer == RecoveryAnswer::kDiscard) {
    chosen->remove();
  } else {
    offered_.clear();
    reader_.submit(std::move(chosen));
  }
}

std::string Recovery::write_now() {
  if (const std::optional<std::string> error = saver_.write_now())
    return "Unsaved changes could not be kept: " + *error + ".";
  return "Unsaved changes, if there were any, are offered by the next start.";
}

std::optional<Edit> Recovery::take_up(SceneFiles& files, View& view) {
  tell_what_is_not_kept(view);
  std::optional<Read> done = reader_.take();
  if (!done) return std::nullopt;
  if (!done->scene) {
    view.message = {"The unsaved changes can't be gone on with, and are kept: " + done->error + ".",
                    true};
    return std::nullopt;
  }
  const std::string file = done->scene->file;
  view.message = {};
  if (done->from->file_is_newer()) {
    files.ask_before_saving(file);
    view.message.text =
        "\"" + file + "\" was changed after these changes were kept: saving asks for a name.";
  }
  saver_.adopt(std::move(*done->from));
  return Edit{*std::move(done->scene)};
}

// Reports only the first error of a run.
void Recovery::tell_what_is_not_kept(View& view) {
  const std::optional<std::string> error = saver_.take_error();
  if (!error || std::exchange(error_shown_, true)) return;
  view.message = {"Unsaved changes can't be kept for the case of a crash: " + *error + ".", true};
}

}  // namespace convscope::program
