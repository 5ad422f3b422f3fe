#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "app/panels/context.h"
#include "app/scene/folder.h"

namespace convscope {

// Chooses a picture file: drawn with ImGui, read with std::filesystem.
struct OpenDialogState {
  bool open = false;  // it is wanted; the dialog clears it
  OpenPurpose purpose = OpenPurpose::kInput;
  std::filesystem::path folder;
  std::vector<FolderEntry> entries;
  std::string error;               // why the folder can't be listed
  std::array<char, 1024> typed{};  // a path to go to
};

void show_open_dialog(OpenDialogState& state, OpenPurpose purpose);
void draw_open_dialog(const PanelContext& context, OpenDialogState& state);

}  // namespace convscope
