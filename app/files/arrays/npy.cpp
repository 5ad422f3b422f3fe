#include "app/files/arrays/npy.h"

#include <fstream>
#include <string>
#include <system_error>

#include "app/files/arrays/npy_open.h"

namespace convscope::files {

namespace fs = std::filesystem;

bool is_npy(const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return false;
  std::ifstream file(path, std::ios::binary);
  const std::string magic = "\x93NUMPY";
  std::string start(magic.size(), '\0');
  return file.read(start.data(), static_cast<std::streamsize>(start.size())) && start == magic;
}

ArrayHeader npy_header(const fs::path& path) {
  return open_npy(path).header;
}

ArrayTensor read_npy(const fs::path& path) {
  return read_array(open_npy(path));
}

ArrayVector read_npy_vector(const fs::path& path) {
  return read_array_vector(open_npy(path));
}

std::vector<Index> read_npy_indices(const fs::path& path) {
  return read_array_indices(open_npy(path));
}

}  // namespace convscope::files
