#pragma once

#include <filesystem>
#include <variant>

#include "app/program/names.h"
#include "app/scene/edit.h"
#include "app/scene/input_change.h"
#include "app/session/open_request.h"

// What can be asked of the document.
namespace convscope::program {

struct Undo {};
struct Redo {};
struct SaveScene {                 // into a file, off the UI thread
  std::filesystem::path path;      // empty for the scene's own; without one the dialog asks
  bool replace_read_only = false;  // the user was asked
};
enum class SaveAnswer { kSave, kDiscard, kCancel };  // to "Save the changes?"

using DocumentAction =
    std::variant<Edit, InputChange, Undo, Redo, OpenPicture, OpenScene, SaveScene, SaveAnswer>;

// What opens the file: a scene where its name ends in ".json", else a picture.
std::variant<OpenPicture, OpenScene> open_file(const std::filesystem::path& path);

}  // namespace convscope::program
