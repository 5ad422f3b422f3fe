#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <span>

#include "app/files/doomed_file.h"

namespace convscope {

// A file that is whole or not there: it grows under a temporary name beside the one it takes by
// commit(), and is removed if that is never called, or if one of the signals of doomed_file.h ends
// the program. With several outputs, finish all before committing the first. All members throw
// Error with the path and the system's reason.
class PendingFile {
 public:
  // A symbolic link is followed; what is neither a file nor new (a folder, a device) is refused.
  explicit PendingFile(const std::filesystem::path& path);
  ~PendingFile();
  PendingFile(const PendingFile&) = delete;
  PendingFile& operator=(const PendingFile&) = delete;

  void write(std::span<const std::byte> content);
  void finish();  // no more will be written, and all of it has reached the file
  void commit();  // finishes, then takes the name

 private:
  [[noreturn]] void fail(int reason);

  std::filesystem::path path_;    // as the caller named it, for messages
  std::filesystem::path target_;  // with symbolic links resolved
  std::filesystem::path part_;    // empty once committed
  std::optional<DoomedFile> doomed_;
  std::ofstream file_;
};

// Writes a whole file or nothing.
void write_file(const std::filesystem::path& path, std::span<const std::byte> content);

// An 8-bit RGBA picture, rows from the top, as PNG. Throws Error as write_file does.
void write_png(const std::filesystem::path& path, std::span<const std::uint8_t> rgba, int width,
               int height);

}  // namespace convscope
