#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>

#include "app/files/part_file.h"

namespace convscope {

// Who may do what with a file, as the system's stat() has it.
struct FileAccess {
  unsigned mode, user, group;
};

struct WriteOptions {
  bool replace_read_only = false;                   // the user was asked
  bool must_be_new = false;                         // what is there already is an error, a link too
  std::optional<FileAccess> access = std::nullopt;  // of a new file; else as the umask has it
};

// A file that is whole or not there: it grows under a temporary name beside the one it takes by
// commit(), and is removed if that is never called, or if one of the signals of doomed_file.h ends
// the program; what a kill leaves is removed when the next file is written into the folder. A file
// that it replaces leaves it its mode, and its owner where the system allows that. With several
// outputs, finish all before committing the first. All members throw Error with the path and the
// system's reason.
class PendingFile {
 public:
  // A symbolic link is followed; what is neither a file nor new (a folder, a device) is refused,
  // and so is a read-only file.
  explicit PendingFile(const std::filesystem::path& path, const WriteOptions& options = {});
  PendingFile(const PendingFile&) = delete;
  PendingFile& operator=(const PendingFile&) = delete;

  void write(std::span<const std::byte> content);
  void finish();  // no more will be written, and all of it has reached the disk
  void commit();  // finishes, then takes the name

 private:
  friend class PendingGroup;
  void take_name();
  [[noreturn]] void fail(int reason) const;

  std::filesystem::path path_;    // as the caller named it, for messages
  std::filesystem::path target_;  // with symbolic links resolved
  WriteOptions options_;
  std::optional<FileAccess> access_;  // wanted: that of the file that is replaced
  std::optional<PartFile> part_;
  bool finished_ = false;
};

// Writes a whole file or nothing.
void write_file(const std::filesystem::path& path, std::span<const std::byte> content);

// Whether it is a file that can't be written, or that no one is to write, as its mode says.
bool is_read_only(const std::filesystem::path& path);

// An 8-bit RGBA picture, rows from the top, as PNG. Throws Error as write_file does.
void write_png(const std::filesystem::path& path, std::span<const std::uint8_t> rgba, int width,
               int height);

}  // namespace convscope
