#pragma once

#include <filesystem>
#include <optional>

namespace convscope {

// A file that is held by one process at a time, and is let go of however that process ends. Child
// processes don't inherit it.
class FileLock {
 public:
  // Nothing where another holds it. Makes the file. Throws Error where it can't be made, or where
  // the file system knows no locks.
  static std::optional<FileLock> take(const std::filesystem::path& path);

  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;
  ~FileLock();

  // Removes the file while it is held: nobody is left waiting for one that has no name any more.
  void remove();

 private:
  FileLock(std::filesystem::path path, int file) : path_(std::move(path)), file_(file) {}

  std::filesystem::path path_;
  int file_ = -1;
};

}  // namespace convscope
