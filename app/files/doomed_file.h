#pragma once

#include <filesystem>

#include "app/files/names.h"

namespace convscope::files {

// Registers a file that is removed if a signal ends the program during this object's lifetime; see
// remove_doomed_files_on_signals(). There is room for a few files at a time, from any thread.
class DoomedFile {
 public:
  explicit DoomedFile(const std::filesystem::path& path);
  ~DoomedFile();
  DoomedFile(const DoomedFile&) = delete;
  DoomedFile& operator=(const DoomedFile&) = delete;

 private:
  int slot_;  // -1 if no slot was free
};

// Makes SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGXFSZ (a file grew beyond its limit) and
// SIGXCPU remove the doomed files before they end the program. A signal that is ignored or handled
// already is left as it is. Other fatal signals leave the files: SIGKILL can't be handled, and
// after a crash no state can be trusted.
void remove_doomed_files_on_signals();

}  // namespace convscope::files
