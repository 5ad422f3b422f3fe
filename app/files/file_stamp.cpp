#include "app/files/file_stamp.h"

#include <system_error>

namespace convscope::files {

std::optional<FileStamp> file_stamp(const std::filesystem::path& path) {
  std::error_code error;
  const auto written = std::filesystem::last_write_time(path, error);
  if (error) return std::nullopt;
  const std::uintmax_t bytes = std::filesystem::file_size(path, error);
  if (error) return std::nullopt;
  return FileStamp{written, bytes};
}

}  // namespace convscope::files
