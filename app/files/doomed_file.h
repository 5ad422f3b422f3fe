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

// From now on SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGXFSZ (a file grew beyond its limit) and
// SIGXCPU end the program as ever, but not before they have removed the doomed files. One that is
// ignored, as the program may have been started, or handled already stays so. Others that end a
// program leave the files: SIGKILL can't be handled, and after a crash nothing is to be relied on.
void remove_doomed_files_on_signals();

}  // namespace convscope
