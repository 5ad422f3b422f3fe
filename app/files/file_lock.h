#pragma once

#include <filesystem>
#include <optional>

#include "app/files/names.h"

namespace convscope::files {

// A lock file that one process holds at a time. It is released however that process ends, and child
// processes don't inherit it.
class FileLock {
 public:
  // Creates and locks the file. Returns nullopt if another process holds it. Throws Error where the
  // file can't be created or the file system has no locks.
  static std::optional<FileLock> take(const std::filesystem::path& path);

  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;
  ~FileLock();

  // Removes the file while it is held, so that no process waits for a file without a name.
  void remove();

 private:
  FileLock(std::filesystem::path path, int file) : path_(std::move(path)), file_(file) {}

  std::filesystem::path path_;
  int file_ = -1;
};

}  // namespace convscope::files
