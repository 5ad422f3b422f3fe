#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <vector>

#include "app/files/names.h"
#include "app/files/part_file.h"

namespace convscope::files {

// The access rights and owners of a file, as in the system's stat().
struct FileAccess {
  unsigned mode, user, group;
};

// How a file is written.
struct WriteOptions {
  bool replace_read_only = false;                   // the user was asked
  bool must_be_new = false;                         // refuse an existing file or link
  std::optional<FileAccess> access = std::nullopt;  // of a new file; else the umask decides
};

// A file that appears complete or not at all. It is written under a temporary name beside the final
// one, which commit() gives it. It is removed if commit() is never called or a signal of
// doomed_file.h ends the program; after a kill the next file written into the folder removes it. A
// file that is replaced passes on its mode, and its owner if the system allows that. With several
// outputs, finish all before committing the first. All members throw Error with the path and the
// system's reason.
class PendingFile {
 public:
  // Follows a symbolic link. Refuses a path that exists but is not a regular file (a folder, a
  // device), and a read-only file.
  explicit PendingFile(const std::filesystem::path& path, const WriteOptions& options = {});
  PendingFile(const PendingFile&) = delete;
  PendingFile& operator=(const PendingFile&) = delete;

  void write(std::span<const std::byte> content);
  void finish();  // call after the last write; returns when all of it is on the disk
  void commit();  // finishes, then takes the name

 private:
  friend class PendingGroup;
  void take_name();
  [[noreturn]] void fail(int reason) const;

  std::filesystem::path path_;    // as the caller named it, for messages
  std::filesystem::path target_;  // with symbolic links resolved
  WriteOptions options_;
  std::optional<FileAccess> access_;  // that of the file that is replaced
  std::optional<PartFile> part_;
  bool finished_ = false;
};

// Writes a whole file or nothing.
void write_file(const std::filesystem::path& path, std::span<const std::byte> content);

// Returns whether the file can't be written, or its mode says that nobody should write it.
bool is_read_only(const std::filesystem::path& path);

// Returns an 8-bit RGBA picture, rows from the top, as the bytes of a PNG. Throws std::bad_alloc.
std::vector<std::byte> png_bytes(std::span<const std::uint8_t> rgba, int width, int height);
// Writes such a picture as PNG. Throws Error as write_file does.
void write_png(const std::filesystem::path& path, std::span<const std::uint8_t> rgba, int width,
               int height);

}  // namespace convscope::files
