#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string_view>

#include "app/files/doomed_file.h"
#include "app/files/file_descriptor.h"

namespace convscope {

// A new file under a name that only this program gives, ".NAME.convscope-9f86d081884c7d65.part",
// while its content grows. It is locked as long as its program lives, and removed at the end if it
// was not given another name.
class PartFile {
 public:
  // Beside `target`, which lends it its name; nothing that is there already is opened, nor any link
  // followed. `mode` as for open(). Throws std::system_error with the system's reason.
  PartFile(const std::filesystem::path& target, std::string_view ending, unsigned mode);
  ~PartFile();
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;

  const std::filesystem::path& path() const { return path_; }
  int descriptor() const { return file_.get(); }
  void write(std::span<const std::byte> content);  // throws std::system_error
  void sync();                                     // until it is on the disk; throws likewise
  void spare() { doomed_.reset(); }                // signals leave it from now on
  void named();                                    // it has another name now, and stays

 private:
  std::filesystem::path path_;  // empty once it has another name
  std::optional<DoomedFile> doomed_;
  FileDescriptor file_;
};

inline constexpr std::string_view kPartEnding = ".part";
inline constexpr std::string_view kListEnding = ".list";  // of a PendingGroup

// Whether it is a name that a PartFile of that ending may have.
bool is_part_name(std::string_view name, std::string_view ending);

// Where a folder's entries are on the disk, too. Throws std::system_error.
void sync_folder(const std::filesystem::path& folder);

}  // namespace convscope
