#pragma once

#include <filesystem>

#include "app/files/folder_lock.h"

namespace convscope {

// Removes what programs that were killed while they wrote into the folder left behind: files under
// names that only this program gives, of the same user, that no living program holds. Never fails:
// what can't be removed stays, and all of it while another program changes the folder.
void remove_leftovers(const std::filesystem::path& folder);
void remove_leftovers(const FolderLock& lock);  // where the lock is held already

}  // namespace convscope
