#pragma once

#include <filesystem>

#include "app/files/file_descriptor.h"

namespace convscope {

// Held by the one program that changes several files of a folder together, or that removes what
// others left behind. Free again when its program ends, however it ends.
class FolderLock {
 public:
  FolderLock() = default;
  // Waits while another program has it; throws Error after 10 s.
  static FolderLock wait(const std::filesystem::path& folder);
  // Doesn't wait.
  static FolderLock attempt(const std::filesystem::path& folder);

  // False where another has it, and where the folder can't be locked: it can't be read, or its file
  // system has no locks.
  bool held() const { return held_; }
  int folder() const { return folder_.get(); }

 private:
  FileDescriptor folder_;
  bool held_ = false;
};

}  // namespace convscope
