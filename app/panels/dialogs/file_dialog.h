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

// Chooses a picture or scene to open, or a name to save the scene under: drawn with ImGui, read
// with std::filesystem.
struct FileDialogState {
  FileDialogKind kind = FileDialogKind::kOpen;
  OpenPurpose purpose = OpenPurpose::kInput;  // of opening
  bool open = false;                          // it is wanted; the dialog clears it
  bool shown = false;                         // it was in the last frame, and goes on
  std::filesystem::path folder;
  std::vector<FolderEntry> entries;
  std::string error;               // why the folder can't be listed
  std::array<char, 1024> typed{};  // a path to go to, or to save as
  bool changed_meanwhile = false;  // the scene's own file, which saving would replace
};

void show_open_dialog(FileDialogState& state, OpenPurpose purpose);
// `suggested` is a path, or a name in the folder that was shown last. The scene's own file is
// replaced without a warning, unless it was `changed_meanwhile` by others.
void show_save_dialog(FileDialogState& state, const std::filesystem::path& suggested,
                      bool changed_meanwhile);
void draw_file_dialog(const PanelContext& context, FileDialogState& state);

}  // namespace convscope::panels
