#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/program/document/document_actions.h"
#include "app/program/names.h"
#include "app/scene/history.h"
#include "app/session/input_changer.h"

namespace convscope::program {

// What is edited: the scene, the steps to go back, and the scene as it is in its file. Knows no
// window and no clock. All members are called from one thread.
class Document {
 public:
  // `wake` is called from a worker when a large input was changed.
  Document(Scene scene, std::function<void()> wake);

  const Scene& scene() const { return scene_; }
  std::uint64_t version() const { return version_; }  // one more with each change of the scene
  bool unsaved() const { return unsaved_; }           // since it was opened, or saved last
  // The scene's note, while it is as it was opened or saved; empty for none.
  std::string_view note() const { return unsaved_ ? "" : std::string_view(scene_.note); }
  // A scene without a file is for playing with its numbers; what was drawn can't be had again.
  bool would_lose_work() const;
  bool can_undo() const { return history_.can_undo(); }
  bool can_redo() const { return history_.can_redo(); }

  void edit(const Edit& edit);
  // Changes the input, a large one on a worker. A sentence where it could not be changed.
  std::optional<std::string> change(InputChange change);
  // Takes up an input that a worker has changed. A sentence where it could not be changed.
  std::optional<std::string> take_change();
  bool changing() const { return changer_.busy(); }
  void cancel_change() { changer_.cancel(); }
  void undo();
  void redo();
  // Another scene, as it is in its file, as one step of undo.
  void open(Scene scene);
  // The scene was written as `saved`; it had the file `before` until then.
  void saved(Scene saved, const std::string& before);
  void wait() { changer_.wait(); }

 private:
  std::optional<std::string> take(ChangedInput changed);
  void changed();

  Scene scene_;
  Scene saved_;           // as it is in its file
  bool unsaved_ = false;  // the scene differs from that
  History history_;
  std::uint64_t version_ = 1;
  InputChanger changer_;  // last: its worker wakes the rest
};

}  // namespace convscope::program
