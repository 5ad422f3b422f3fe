#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "app/files/folder.h"
#include "app/panels/names.h"
#include "app/panels/parts/context.h"

namespace convscope::panels {

enum class FileDialogKind { kOpen, kSave };

// The state of the dialog in which the user chooses a picture or scene to open, or a name to save
// the scene under.
struct FileDialogState {
  FileDialogKind kind = FileDialogKind::kOpen;
  OpenPurpose purpose = OpenPurpose::kInput;  // what a chosen file is opened as
  bool open = false;   // whether the dialog must open in the next frame, which resets this
  bool shown = false;  // whether the dialog is open
  std::filesystem::path folder;      // the folder that is listed
  std::vector<FolderEntry> entries;  // the entries of the folder
  bool enters = false;               // whether the keyboard goes to the first entry when listed
  std::string error;                 // why the folder can't be listed or the file can't be used
  bool focus = false;                // whether the typed path takes the keyboard in the next frame
  std::filesystem::path awaited;     // the chosen file, until it is read or written
  std::array<char, 1024> typed{};    // the typed path: a folder to go to, or the file
  bool changed_meanwhile = false;    // whether another program changed the scene's own file
};

// Opens the dialog to choose a file that is opened as `purpose` says.
void show_open_dialog(FileDialogState& state, OpenPurpose purpose);
// Opens the dialog to choose a file name to save under. `suggested` is a path, or a name in the
// folder that was listed last. The dialog warns before the scene's own file is replaced only if
// another program has changed it (`changed_meanwhile`) or it is read-only.
void show_save_dialog(FileDialogState& state, const std::filesystem::path& suggested,
                      bool changed_meanwhile);
// Shows the dialog again with the typed path, because the awaited file could not be read or
// written.
void show_again(FileDialogState& state, const std::string& error);
// Draws the dialog if it is open, and enqueues the action that opens or saves the chosen file.
void draw_file_dialog(const PanelContext& context, FileDialogState& state);

}  // namespace convscope::panels
