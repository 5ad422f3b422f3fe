#pragma once

#include <filesystem>

#include "app/files/folder_lock.h"
#include "app/files/names.h"

namespace convscope::files {

// Removes what killed programs left behind while they wrote into the folder: files of the same
// user, under names that only this program gives, that no living program holds. Never fails: what
// can't be removed stays, and everything stays while another program changes the folder.
void remove_leftovers(const std::filesystem::path& folder);
void remove_leftovers(const FolderLock& lock);  // for callers that hold the lock already

}  // namespace convscope::files
