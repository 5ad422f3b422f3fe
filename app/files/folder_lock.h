#pragma once

#include <filesystem>

#include "app/files/file_descriptor.h"
#include "app/files/names.h"

namespace convscope::files {

// A lock on a folder, held while a program changes several of its files together or removes
// leftovers of other programs. It is released however that program ends.
class FolderLock {
 public:
  FolderLock() = default;
  // Waits while another program holds the lock. Throws Error after 10 s.
  static FolderLock wait(const std::filesystem::path& folder);
  // Tries once, without waiting.
  static FolderLock attempt(const std::filesystem::path& folder);

  // Returns false if another program holds the lock, and if the folder can't be locked because it
  // can't be read or its file system has no locks.
  bool held() const { return held_; }
  int folder() const { return folder_.get(); }

 private:
  FileDescriptor folder_;
  bool held_ = false;
};

}  // namespace convscope::files
