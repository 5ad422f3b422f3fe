#pragma once

#include <filesystem>

namespace convscope {

// A file that is removed when a signal ends the program while this lives; see
// remove_doomed_files_on_signals(). A few at a time, from any thread.
class DoomedFile {
 public:
  explicit DoomedFile(const std::filesystem::path& path);
  ~DoomedFile();
  DoomedFile(const DoomedFile&) = delete;
  DoomedFile& operator=(const DoomedFile&) = delete;

 private:
  int slot_;  // -1: no slot was free
};

// From now on SIGINT, SIGTERM and SIGHUP end the program as ever, but not before they have removed
// the doomed files. A signal that the program was started to ignore stays ignored.
void remove_doomed_files_on_signals();

}  // namespace convscope
