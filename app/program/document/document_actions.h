#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
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
// Opens a lesson, whose scenes take the place of the document's, after asking about unsaved work.
struct OpenLesson {
  std::filesystem::path path;  // of the file; empty for a shipped lesson
  std::string shipped;         // name of a shipped lesson
  std::size_t step = 0;        // to begin with, from 0
};

using DocumentAction = std::variant<Edit, InputChange, Undo, Redo, OpenPicture, OpenScene,
                                    OpenLesson, OpenNumbers, SaveScene, SaveAnswer>;

// Returns the action that opens a file: as a scene if its name ends in ".json", as a lesson if it
// ends in ".md", as arrays where it holds some (array_file.h), FILE:NAME as one of them, else as a
// picture. An address of a scene (scene_address.h) opens that scene.
std::variant<OpenPicture, OpenScene, OpenLesson, OpenNumbers> open_file(
    const std::filesystem::path& path);

}  // namespace convscope::program
