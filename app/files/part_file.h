#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string_view>

#include "app/files/doomed_file.h"
#include "app/files/file_descriptor.h"
#include "app/files/names.h"

namespace convscope::files {

// A new file under a name that only this program gives, ".NAME.convscope-9f86d081884c7d65.part",
// while its content is being written. It is locked as long as the program lives, and removed on
// destruction unless it was given another name.
class PartFile {
 public:
  // Creates the file beside `target`, whose name becomes part of its own. Never opens an existing
  // file and never follows a link. `mode` is that of open(). Throws std::system_error with the
  // system's reason.
  PartFile(const std::filesystem::path& target, std::string_view ending, unsigned mode);
  ~PartFile();
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;

  const std::filesystem::path& path() const { return path_; }
  int descriptor() const { return file_.get(); }
  void write(std::span<const std::byte> content);  // throws std::system_error
  void sync();                                     // waits until it is on the disk; throws likewise
  void keep_on_signals() { doomed_.reset(); }      // signals no longer remove it
  void set_renamed();  // must be called when it has another name, under which it stays

 private:
  std::filesystem::path path_;  // empty once it has another name
  std::optional<DoomedFile> doomed_;
  FileDescriptor file_;
};

inline constexpr std::string_view kPartEnding = ".part";
inline constexpr std::string_view kListEnding = ".list";  // for the list of a PendingGroup

// Returns whether a PartFile with this ending may have the name.
bool is_part_name(std::string_view name, std::string_view ending);

// Makes sure that a folder's entries are on the disk. Throws std::system_error.
void sync_folder(const std::filesystem::path& folder);

}  // namespace convscope::files
