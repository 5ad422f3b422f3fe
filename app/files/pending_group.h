#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/files/folder_lock.h"
#include "app/files/group_list.h"
#include "app/files/names.h"
#include "app/files/write_file.h"

namespace convscope::files {

// A main file and new files beside it that it refers to. Whatever ends the program and whoever else
// writes there, readers find either all of the old files or all of the new ones. The new files take
// their names first, then the main file takes its name, then files that it no longer refers to are
// removed. During this object's lifetime no other group writes in the folder, so anything looked up
// there stays true. All members throw Error as those of PendingFile do.
class PendingGroup {
 public:
  // The other files will be in the folder of `path` as given, even if `path` is a link.
  PendingGroup(const std::filesystem::path& path, const WriteOptions& options);
  ~PendingGroup();
  PendingGroup(const PendingGroup&) = delete;
  PendingGroup& operator=(const PendingGroup&) = delete;

  // Returns whether other writers are kept out; false if the folder has no locks.
  bool locked() const { return lock_.held(); }
  PendingFile& main() { return *main_; }
  // Adds a file with a name that must be free, and with the main file's access rights. Finish each
  // file, or leave that to commit().
  PendingFile& add(const std::string& name);
  // Gives all files their names, then removes `unreferenced_files` from the folder. Links are left
  // alone.
  void commit(std::span<const std::string> unreferenced_files);

 private:
  void write_list(std::span<const std::string> unreferenced_files);

  std::filesystem::path path_;
  FolderLock lock_;
  std::unique_ptr<PendingFile> main_;
  std::vector<std::string> names_;  // of the other files, in their order
  std::vector<std::unique_ptr<PendingFile>> others_;
  std::vector<GroupList::Entry> made_, old_;
  std::optional<PartFile> list_;
  bool committed_ = false;
};

}  // namespace convscope::files
