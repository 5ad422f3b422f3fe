#pragma once

#include <filesystem>
#include <variant>

#include "app/program/names.h"
#include "app/scene/edit.h"
#include "app/scene/input_change.h"
#include "app/session/open_request.h"

// The actions that change the document or open and save files.
namespace convscope::program {

struct Undo {};
struct Redo {};
// Saves the scene, off the UI thread.
struct SaveScene {
  // The file to write. Empty stands for the scene's own file; if it has none, the dialog asks.
  std::filesystem::path path;
  bool replace_read_only = false;  // whether the user agreed to replace a read-only file
};
// The answer to "Save the changes?".
enum class SaveAnswer { kSave, kDiscard, kCancel };

using DocumentAction =
    std::variant<Edit, InputChange, Undo, Redo, OpenPicture, OpenScene, SaveScene, SaveAnswer>;

// Returns the action that opens a file: as a scene if its name ends in ".json", else as a picture.
std::variant<OpenPicture, OpenScene> open_file(const std::filesystem::path& path);

}  // namespace convscope::program
