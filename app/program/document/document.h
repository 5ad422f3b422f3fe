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

// The scene that is edited, with its steps of undo and the version in its file. It knows neither a
// window nor a clock. All members are called from one thread.
class Document {
 public:
  // `wake` is called from a worker when a large input has been changed.
  Document(Scene scene, std::function<void()> wake);

  const Scene& scene() const { return scene_; }
  // Returns a number that every change of the scene increases.
  std::uint64_t version() const { return version_; }
  // Returns the number of the step of undo that the scene is at; see History::step.
  std::uint64_t undo_step() const { return history_.step(); }
  // Returns whether the scene differs from the one that was opened or saved last.
  bool unsaved() const { return unsaved_; }
  // Returns the scene's note; empty if it has none, or if the scene has unsaved changes, which the
  // note does not describe.
  std::string_view note() const { return unsaved_ ? "" : std::string_view(scene_.note); }
  // Returns whether leaving the scene would lose work: it has unsaved changes, and it has a file or
  // its input or target was drawn. Other scenes are for playing with numbers.
  bool would_lose_work() const;
  bool can_undo() const { return history_.can_undo(); }
  bool can_redo() const { return history_.can_redo(); }

  // Applies an edit as one step of undo, or as a part of the step before if it continues that.
  void edit(const Edit& edit);
  // Changes the input: a small one at once, a large one on a worker. Returns one sentence if it
  // could not be changed.
  std::optional<std::string> change(InputChange change);
  // Takes over the input that a worker has changed, if there is one. Returns one sentence if it
  // could not be changed.
  std::optional<std::string> take_change();
  // Returns whether a worker is changing the input.
  bool changing() const { return changer_.busy(); }
  void cancel_change() { changer_.cancel(); }
  void undo();
  void redo();
  // Sets how the scene is shown when it is opened again. This is no edit and can't be undone.
  void set_look(SceneLook look) { scene_.look = std::move(look); }
  // Replaces the scene by one that was read from a file, as one step of undo.
  void open(Scene scene);
  // Records that the scene was written to its file as `saved`. Its file was `before` until then.
  void saved(Scene saved, const std::string& before);
  // Blocks until the worker is done; take_change() then takes over the result.
  void wait() { changer_.wait(); }

 private:
  std::optional<std::string> take(ChangedInput changed);
  void changed();

  Scene scene_;
  Scene saved_;           // the scene that was opened or saved last
  bool unsaved_ = false;  // whether `scene_` differs from `saved_`
  History history_;
  std::uint64_t version_ = 1;
  InputChanger changer_;  // last, so that its worker ends before the rest is destroyed
};

}  // namespace convscope::program
