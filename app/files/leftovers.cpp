#include "app/files/leftovers.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <memory>
#include <string>
#include <vector>

#include "app/files/group_list.h"
#include "app/files/part_file.h"

namespace convscope::files {
namespace {

std::vector<std::string> names_in(int folder) {
  std::vector<std::string> names;
  // fdopendir takes over the descriptor, so it gets one of its own.
  const int own = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const std::unique_ptr<DIR, int (*)(DIR*)> stream(own < 0 ? nullptr : fdopendir(own), closedir);
  if (stream == nullptr) return names;
  while (const dirent* entry = readdir(stream.get())) {
    const std::string name = entry->d_name;
    if (is_part_name(name, kPartEnding) || is_part_name(name, kListEnding)) names.push_back(name);
  }
  return names;
}

// Opens and locks a file if its writer is gone and the file is this user's; otherwise returns none.
FileDescriptor take_abandoned(int folder, const std::string& name) {
  constexpr int kFlags = O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK;
  FileDescriptor file(openat(folder, name.c_str(), O_RDONLY | kFlags));
  if (!file) file = FileDescriptor(openat(folder, name.c_str(), O_WRONLY | kFlags));
  struct stat status {};
  const bool ours = file && fstat(file.get(), &status) == 0 && S_ISREG(status.st_mode) &&
                    status.st_uid == geteuid() && status.st_nlink == 1;
  if (!ours || flock(file.get(), LOCK_EX | LOCK_NB) != 0) return FileDescriptor();
  return file;
}

}  // namespace

void remove_leftovers(const std::filesystem::path& folder) {
  remove_leftovers(FolderLock::attempt(folder));
}

void remove_leftovers(const FolderLock& lock) {
  if (!lock.held()) return;
  const std::vector<std::string> names = names_in(lock.folder());
  // Settles the lists first, because the part of a group's first file shows whether the group took
  // its names.
  for (const std::string& name : names) {
    if (!is_part_name(name, kListEnding)) continue;
    const FileDescriptor list = take_abandoned(lock.folder(), name);
    if (!list) continue;
    settle_group(lock.folder(), list.get());
    unlinkat(lock.folder(), name.c_str(), 0);
  }
  for (const std::string& name : names) {
    if (!is_part_name(name, kPartEnding)) continue;
    if (const FileDescriptor part = take_abandoned(lock.folder(), name))
      unlinkat(lock.folder(), name.c_str(), 0);
  }
}

}  // namespace convscope::files
