#include "app/files/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include "engine/core/error.h"

namespace convscope::files {
namespace {

// The previous holder may have removed the file after this program opened it.
bool is_still_named(int file, const std::filesystem::path& path) {
  struct stat held = {};
  struct stat named = {};
  return fstat(file, &held) == 0 && lstat(path.c_str(), &named) == 0 &&
         held.st_dev == named.st_dev && held.st_ino == named.st_ino;
}

Error cannot_lock(const std::filesystem::path& path, int reason) {
  return Error("\"" + path.string() +
               "\" can't be locked: " + std::error_code(reason, std::generic_category()).message());
}

}  // namespace

std::optional<FileLock> FileLock::take(const std::filesystem::path& path) {
  while (true) {
    const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0) throw cannot_lock(path, errno);
    FileLock lock(path, file);
    if (flock(file, LOCK_EX | LOCK_NB) != 0) {
      if (errno == EWOULDBLOCK) return std::nullopt;
      if (errno != EINTR) throw cannot_lock(path, errno);
    } else if (is_still_named(file, path)) {
      return lock;
    }
  }
}

FileLock::FileLock(FileLock&& other) noexcept
    : path_(std::move(other.path_)), file_(std::exchange(other.file_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(file_, other.file_);
  return *this;
}

FileLock::~FileLock() {
  if (file_ >= 0) close(file_);
}

void FileLock::remove() {
  if (file_ >= 0) unlink(path_.c_str());
}

}  // namespace convscope::files
