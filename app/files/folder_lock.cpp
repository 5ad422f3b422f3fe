#include "app/files/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <chrono>
#include <thread>

#include "engine/core/error.h"

namespace convscope::files {
namespace {

FileDescriptor open_folder(const std::filesystem::path& folder) {
  const char* path = folder.empty() ? "." : folder.c_str();
  FileDescriptor opened(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  // A folder without read permission may still be writable.
  if (!opened) opened = FileDescriptor(open(path, O_PATH | O_DIRECTORY | O_CLOEXEC));
  return opened;
}

}  // namespace

FolderLock FolderLock::attempt(const std::filesystem::path& folder) {
  FolderLock lock;
  lock.folder_ = open_folder(folder);
  lock.held_ = lock.folder_ && flock(lock.folder_.get(), LOCK_EX | LOCK_NB) == 0;
  return lock;
}

FolderLock FolderLock::wait(const std::filesystem::path& folder) {
  using namespace std::chrono_literals;
  const auto latest = std::chrono::steady_clock::now() + 10s;
  FolderLock lock;
  lock.folder_ = open_folder(folder);
  if (!lock.folder_) return lock;
  while (flock(lock.folder_.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EINTR) continue;
    if (errno != EWOULDBLOCK) return lock;
    if (std::chrono::steady_clock::now() > latest)
      throw Error("another program has been writing into the folder \"" + folder.string() +
                  "\" for 10 s");
    // Tries often, because a program that saves again and again releases the lock only for an
    // instant.
    std::this_thread::sleep_for(300us);
  }
  lock.held_ = true;
  return lock;
}

}  // namespace convscope::files
