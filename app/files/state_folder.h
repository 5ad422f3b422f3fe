#pragma once

#include <filesystem>

#include "app/files/names.h"

namespace convscope::files {

// Returns the folder for files that outlive a run but are not the user's documents, as the XDG base
// directory specification says: $XDG_STATE_HOME/convscope, or ~/.local/state/convscope. It may not
// exist yet. Empty if no variable names a folder.
std::filesystem::path state_folder();

// Returns the folder for the user's settings in the same way: $XDG_CONFIG_HOME/convscope, or
// ~/.config/convscope.
std::filesystem::path settings_folder();

// Creates the folder and those above it, accessible to this user alone. Throws Error on failure.
void make_private_folder(const std::filesystem::path& folder);

}  // namespace convscope::files
