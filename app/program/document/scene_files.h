#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>

#include "app/program/document/document.h"
#include "app/program/names.h"
#include "app/scene/page.h"
#include "app/session/file_loader.h"
#include "app/session/scene_saver.h"

namespace convscope::program {

// What the window is to show of what has happened to the document.
struct DocumentNews {
  std::optional<std::string> message;  // in place of the one that is shown; empty for none
  bool message_is_error = false;
  std::optional<Page> page;
  std::optional<Index> sample;  // the picture of the stack that was added
  bool target = false;          // a picture became the learning's target
  bool asks_name = false;       // the scene is to be saved, and has no file
  bool asks_to_save = false;    // the question whether to save has come up
};

// The files that the document is read from and written to, and leaving it without losing work: for
// another scene, or to end the program. All members are called from one thread.
class SceneFiles {
 public:
  // `document` must outlive it; `wake` is called from workers.
  SceneFiles(Document& document, const std::function<void()>& wake);

  void open(const OpenPicture& wanted) { loader_.load(wanted); }
  void open(const OpenScene& wanted) { leave(wanted); }
  // Files that were dropped on the window: pictures as a stack, or one scene.
  void drop(std::span<const std::filesystem::path> paths);
  void save(const SaveScene& wanted);
  void end_program() { leave(std::nullopt); }
  void answer(SaveAnswer answer);  // to "Save the changes?"

  // Ctrl+S asks for a name, also for a scene of `file`, until that is saved: others have changed
  // it.
  void ask_before_saving(const std::string& file) { ask_for_ = file; }
  // Returns the name that saving suggests.
  std::string name_to_save() const;
  bool was_changed_by_others(const std::string& file) const {
    return !file.empty() && file == ask_for_;
  }

  // Takes up what the workers have finished. `naming`: the dialog that asks for a name is open.
  void poll(bool naming);
  DocumentNews take_news();
  std::string reading() const { return loader_.loading(); }  // a file's name; empty for none
  void cancel_reading() { loader_.cancel(); }
  bool writing() const { return saver_.busy(); }
  bool asks_to_save() const;
  bool leaves() const { return leaving_.has_value(); }  // or asks whether to
  bool ends_program() const { return ends_program_; }   // nothing is lost by it
  void wait();

 private:
  // What leaving the scene waits for: its changes are saved, or given up.
  struct Leaving {
    enum class State { kBegins, kAsks, kSaves, kGoes };
    std::optional<OpenScene> next;  // empty: the program ends
    State state = State::kBegins;
  };
  void leave(std::optional<OpenScene> next);
  void go_on_leaving(bool naming);
  void go(const std::optional<OpenScene>& next);
  void take_file(LoadedFile& loaded);
  void take_saved(SavedScene& saved);
  void open_example(std::size_t example);
  void tell_of_white(const LoadedFile& loaded);
  bool asks_for_name() const;  // where the scene would be saved
  void tell(std::string message, bool is_error);

  Document& document_;
  DocumentNews news_;
  std::optional<SaveScene> save_next_;  // when the input has changed: only the last wish is kept
  std::optional<Leaving> leaving_;
  std::uint64_t left_version_ = 0;  // of the document, when another one was to be read in its place
  bool error_shown_ = false;        // the last message is one
  std::string ask_for_;             // a file that is not replaced unasked; empty for none
  bool ends_program_ = false;
  // Last: their workers wake the rest.
  FileLoader loader_;
  SceneSaver saver_;
};

}  // namespace convscope::program
