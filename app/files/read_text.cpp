#include "app/files/read_text.h"

#include <cerrno>
#include <fstream>

#include "app/files/system_reason.h"
#include "engine/core/error.h"

namespace convscope::files {
namespace {

// Writes a size in MB, or in KB below one: "64 MB", "256 KB".
std::string size_words(std::uintmax_t bytes) {
  return bytes >> 20 > 0 ? std::to_string(bytes >> 20) + " MB"
                         : std::to_string((bytes + 1023) >> 10) + " KB";
}

}  // namespace

std::string read_text(const std::filesystem::path& path, std::uintmax_t most, const char* kind) {
  std::error_code error;
  const bool there = std::filesystem::exists(path, error);
  if (error) throw Error(system_reason(error.value()));
  if (!there) throw Error("there is no such file");
  if (!std::filesystem::is_regular_file(path, error)) throw Error("it is not a file");
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  if (error) throw Error(system_reason(error.value()));
  if (size > most)
    throw Error("it has " + size_words(size) + "; " + kind + " may have " + size_words(most));
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(system_reason(errno));
  std::string text(static_cast<std::size_t>(size), '\0');
  if (!file.read(text.data(), static_cast<std::streamsize>(size)))
    throw Error("it became shorter while it was read");
  return text;
}

}  // namespace convscope::files
