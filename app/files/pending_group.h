#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/files/folder_lock.h"
#include "app/files/group_list.h"
#include "app/files/write_file.h"

namespace convscope {

// A file and new ones beside it that it names: whatever ends the program, and whoever else writes
// there, its readers find all of the old or all of the new. The new files get their names first,
// the file that names them takes its own at last, and then goes what it no longer names. While this
// lives, no other group writes in the folder: what was looked up in it stays true.
// All members throw Error as those of PendingFile do.
class PendingGroup {
 public:
  // The others will stand in the folder of `path` as it was named, also where it is a link.
  PendingGroup(const std::filesystem::path& path, const WriteOptions& options);
  ~PendingGroup();
  PendingGroup(const PendingGroup&) = delete;
  PendingGroup& operator=(const PendingGroup&) = delete;

  // Whether others are kept away. Where the folder has no locks they are not.
  bool alone() const { return lock_.held(); }
  PendingFile& main() { return *main_; }
  // A file of that name, which nothing may have, with the access of the main one. Finish each, or
  // leave that to commit().
  PendingFile& add(const std::string& name);
  // Gives all their names, then removes those files of the folder. Links are left alone.
  void commit(std::span<const std::string> no_longer_named);

 private:
  void write_list(std::span<const std::string> no_longer_named);

  std::filesystem::path path_;
  FolderLock lock_;
  std::unique_ptr<PendingFile> main_;
  std::vector<std::string> names_;  // of the others, in their order
  std::vector<std::unique_ptr<PendingFile>> others_;
  std::vector<GroupList::Entry> made_, old_;
  std::optional<PartFile> list_;
  bool committed_ = false;
};

}  // namespace convscope
