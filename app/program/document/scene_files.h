#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <variant>

#include "app/program/document/document.h"
#include "app/program/document/document_actions.h"
#include "app/program/names.h"
#include "app/scene/page.h"
#include "app/session/file_loader.h"
#include "app/session/scene_saver.h"

namespace convscope::program {

// Changes of the document that the window must react to.
struct DocumentNews {
  std::optional<std::string> message;  // replaces the shown message; an empty text removes it
  bool message_is_error = false;
  std::filesystem::path failed;         // the file that the error is about; empty for none
  std::optional<std::string> done;      // one sentence about what has succeeded
  std::optional<Page> page;             // the page to show
  std::optional<SceneLook> look;        // how a scene that was opened is to be shown
  std::optional<Index> sample;          // the index of a picture that was added to the stack
  std::optional<ArrayQuestion> arrays;  // what is to be asked before an array is taken
  bool target = false;                  // whether a picture became the learning target
  bool asks_name = false;               // whether the user must choose a file name to save under
  bool asks_to_save = false;            // whether the question "Save the changes?" begins now
  std::optional<OpenLesson> lesson;     // to be read now, as nothing is lost by leaving the scene
};

// Reads and writes the files of the document. Before another scene replaces the document or the
// program ends, it asks whether to save the changes. All members are called from one thread.
class SceneFiles {
 public:
  // `document` must outlive this object. `wake` is called from workers when a file has been read or
  // written.
  SceneFiles(Document& document, const std::function<void()>& wake);

  void open(const OpenPicture& wanted) { loader_.load(wanted); }
  void open(const OpenScene& wanted) { leave(wanted); }
  void open(const OpenNumbers& wanted) { loader_.load(wanted); }
  void open(const OpenLesson& wanted) { leave(wanted); }  // the news then have it
  // Opens files that were dropped on the window: pictures as a stack, one scene, one lesson, or one
  // file of arrays, for the place of which `onto` says what is under the pointer.
  void drop(std::span<const std::filesystem::path> paths, std::optional<ArrayUse> onto = {});
  // Saves the scene, or makes the news say that a file name is needed.
  void save(const SaveScene& wanted);
  // Ends the program, after asking about unsaved work.
  void end_program() { leave(EndProgram{}); }
  // Carries out the user's answer to "Save the changes?".
  void answer(SaveAnswer answer);

  // Records that another program has changed `file`. Until the scene is saved there, saving it to
  // this file asks first.
  void ask_before_saving(const std::string& file) { changed_by_others_ = file; }
  // Returns the path that the save dialog suggests.
  std::string name_to_save() const;
  // Returns whether ask_before_saving() holds for `file`.
  bool was_changed_by_others(const std::string& file) const {
    return !file.empty() && file == changed_by_others_;
  }

  // Takes over the results of the workers. `naming` says whether the dialog that asks for a file
  // name is open.
  void poll(bool naming);
  // Returns what has happened since the last call.
  DocumentNews take_news();
  // Returns the name of the file that is being read; empty if there is none.
  std::string reading() const { return loader_.loading(); }
  void cancel_reading() { loader_.cancel(); }
  // Returns whether a scene is being written.
  bool writing() const { return saver_.busy(); }
  // Returns whether the question "Save the changes?" is open.
  bool asks_to_save() const;
  // Returns whether the user has asked to leave the scene, which waits for an answer or a worker.
  bool leaves() const { return leaving_.has_value(); }
  // Returns whether the program may end now without losing work.
  bool ends_program() const { return ends_program_; }
  // Blocks until the workers are done; poll() then takes over the results.
  void wait();

 private:
  struct EndProgram {};
  // What is to come after the scene.
  using Next = std::variant<EndProgram, OpenScene, OpenLesson>;
  // A request to leave the scene, which waits until its changes are saved or given up.
  struct Leaving {
    enum class State {
      kBegins,  // it is not decided yet whether to ask
      kAsks,    // the question "Save the changes?" is open
      kSaves,   // the user chooses a name, or the scene is being written
      kGoes,    // nothing is lost any more
    };
    Next next;
    State state = State::kBegins;
  };
  void leave(Next next);
  void go_on_leaving(bool naming);
  void go(const Next& next);
  void take_file(LoadedFile& loaded);
  void take_saved(SavedScene& saved);
  void open_example(std::size_t example);
  void take_array(LoadedArray array);
  void tell_of_white(const LoadedFile& loaded);
  // Returns whether saving to the scene's own file must ask for a name first.
  bool asks_for_name() const;
  void tell(std::string message, bool is_error);

  Document& document_;
  DocumentNews news_;
  // The last request to save, which waits while a worker changes the input.
  std::optional<SaveScene> save_next_;
  std::optional<Leaving> leaving_;
  // The version of the document when it was decided to read another scene in its place. A later
  // edit was not asked about.
  std::uint64_t left_version_ = 0;
  bool error_shown_ = false;  // whether the last message is an error
  // A file that another program has changed, so that it is not replaced without asking; empty for
  // none.
  std::string changed_by_others_;
  bool ends_program_ = false;
  // These are last, so that their workers end before the other members are destroyed.
  FileLoader loader_;
  SceneSaver saver_;
};

}  // namespace convscope::program
