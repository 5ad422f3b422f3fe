#include "app/program/recovery.h"

#include <new>
#include <utility>

#include "engine/core/error.h"

namespace convscope::program {
namespace {

Recovery::Recovered read(const KeptScene& kept) {
  Recovery::Recovered recovered;
  try {
    recovered.scene = kept.load();
  } catch (const Error& error) {
    recovered.error = error.what();
  } catch (const std::bad_alloc&) {
    recovered.error = "there is not enough memory";
  }
  return recovered;
}

}  // namespace

Recovery::Recovery(const std::filesystem::path& folder, const std::function<void()>& wake)
    : saver_(folder, wake),
      offered_(KeptScene::left_behind(folder)),
      reader_(
          [](const std::shared_ptr<KeptScene>& kept, const std::stop_token&) {
            return std::optional(Read{kept, read(*kept)});
          },
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

// After a discarded scene the next one is offered. After a restored one no further scene can be
// taken over, so the others are kept for the next start.
void Recovery::answer(RecoveryAnswer answer) {
  if (answer == RecoveryAnswer::kLater) {
    offered_.clear();  // another program may offer them
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

std::optional<Recovery::Recovered> Recovery::take() {
  std::optional<Read> done = reader_.take();
  if (!done) return std::nullopt;
  Recovered& recovered = done->recovered;
  if (recovered.scene) {
    recovered.file_is_newer = done->from->file_is_newer();
    saver_.adopt(std::move(*done->from));
  }
  return std::move(recovered);
}

std::optional<std::string> Recovery::take_error() {
  std::optional<std::string> error = saver_.take_error();
  if (!error || std::exchange(told_, true)) return std::nullopt;
  return "Unsaved changes can't be kept for the case of a crash: " + *error + ".";
}

}  // namespace convscope::program
