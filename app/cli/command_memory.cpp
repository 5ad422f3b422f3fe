#include "app/cli/command_memory.h"

#include <filesystem>
#include <system_error>

#include "app/files/arrays/array_file.h"
#include "app/files/picture.h"
#include "engine/core/error.h"

namespace convscope::cli {
namespace {

Bytes file_bytes(const std::string& path) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(array_path(path).file, error);
  return error ? 0.0 : static_cast<Bytes>(size);
}

// Returns the memory of a file's values; a picture's 8-bit or 16-bit samples become float32.
Bytes values_bytes(const std::string& path) {
  if (const ArrayPath array = array_path(path); is_array_file(array.file))
    return static_cast<Bytes>(open_array(array).header.numel) * sizeof(float);
  const PictureSize picture = picture_size(path);
  return static_cast<Bytes>(picture.size.y) * static_cast<Bytes>(picture.size.x) *
         (picture.color ? 3.0 : 1.0) * 2 * sizeof(float);
}

}  // namespace

void CommandMemory::add(const std::string& what, Bytes bytes) {
  if (const std::string why = sum_.add(what, bytes); !why.empty()) throw Error(why);
}

void CommandMemory::read(const std::string& path) {
  add("\"" + path + "\" would be read", values_bytes(path) + file_bytes(path));
}

void CommandMemory::read_indices(const std::string& path) {
  add("\"" + path + "\" would be read",
      static_cast<Bytes>(open_array(array_path(path)).header.numel) * sizeof(Index) +
          file_bytes(path));
}

void CommandMemory::take(const std::string& what, const Shape& shape, Bytes bytes) {
  add(what + " would have the shape " + to_string(shape), bytes);
}

void CommandMemory::work(Bytes bytes) {
  add("weights and padded rows would be copied", bytes);
}

}  // namespace convscope::cli
