#include "app/files/whole_path.h"

#include <system_error>

#include "engine/core/error.h"

namespace convscope::files {

std::filesystem::path whole_path(const std::filesystem::path& path) {
  std::error_code error;
  const std::filesystem::path whole = std::filesystem::absolute(path, error);
  if (error)
    throw Error("\"" + path.string() +
                "\" can't be found: the folder that the program was started in is no longer "
                "there; a path from / on is accepted");
  return whole.lexically_normal();
}

std::filesystem::path shown_path(const std::filesystem::path& path) {
  std::error_code error;
  const std::filesystem::path whole = std::filesystem::absolute(path, error);
  return error ? path : whole;
}

}  // namespace convscope::files
