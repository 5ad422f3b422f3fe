#pragma once

#include <filesystem>

namespace convscope {

// Where the program keeps what is to outlive a run and is no document of the user's, after the XDG
// base directory specification: $XDG_STATE_HOME/convscope, or ~/.local/state/convscope. It need not
// be there yet. Empty where no variable names a folder.
std::filesystem::path state_folder();

// Makes the folder and those above it, for this user alone. Throws Error where that fails.
void make_private_folder(const std::filesystem::path& folder);

}  // namespace convscope
