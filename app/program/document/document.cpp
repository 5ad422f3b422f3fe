#include "app/program/document/document.h"

#include <utility>

namespace convscope::program {

Document::Document(Scene scene, std::function<void()> wake)
    : scene_(std::move(scene)), saved_(scene_), changer_(std::move(wake)) {}

bool Document::would_lose_work() const {
  const LearningScene& learning = scene_.learning;
  const bool drawn =
      scene_.input.name == "drawn" || (learning.target == LearningTarget::kPicture &&
                                       learning.picture && learning.picture_name == "drawn");
  return unsaved_ && (drawn || !scene_.file.empty());
}

void Document::edit(const Edit& edit) {
  const bool other_input =
      std::holds_alternative<InputScene>(edit.part) || std::holds_alternative<Scene>(edit.part);
  if (other_input) changer_.cancel();
  history_.apply(scene_, edit);
  changed();
}

std::optional<std::string> Document::change(InputChange change) {
  std::optional<ChangedInput> now = changer_.change(scene_.input, std::move(change));
  return now ? take(*std::move(now)) : std::nullopt;
}

std::optional<std::string> Document::take_change() {
  std::optional<ChangedInput> now = changer_.take();
  return now ? take(*std::move(now)) : std::nullopt;
}

std::optional<std::string> Document::take(ChangedInput changed_input) {
  if (!changed_input.error.empty()) return std::move(changed_input.error);
  history_.apply(scene_, Edit{std::move(changed_input.input), changed_input.continues});
  changed();
  return std::nullopt;
}

// Cancels a change of the input that is under way. If no result of its gesture was taken over yet,
// cancelling it is the whole undo.
void Document::undo() {
  const bool nothing_yet = changer_.busy() && !changer_.continues();
  changer_.cancel();
  if (!nothing_yet && history_.undo(scene_)) changed();
}

void Document::redo() {
  changer_.cancel();
  if (history_.redo(scene_)) changed();
}

void Document::open(Scene scene) {
  saved_ = std::move(scene);
  edit(Edit{saved_});
}

void Document::saved(Scene saved, const std::string& before) {
  const std::string& file = saved.file;
  history_.rename(before, file);
  if (scene_.file == before) scene_.file = file;
  if (scene_.file != file) return;
  saved_ = std::move(saved);
  unsaved_ = scene_ != saved_;
}

void Document::changed() {
  ++version_;
  unsaved_ = scene_ != saved_;
}

}  // namespace convscope::program
