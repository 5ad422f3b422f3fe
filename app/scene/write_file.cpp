#include "app/scene/write_file.h"

#include <stb/stb_image_write.h>

#include <cassert>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>
#include <system_error>
#include <vector>

#include "engine/error.h"

namespace convscope {

void write_file(const std::filesystem::path& path, std::span<const std::byte> content) {
  std::filesystem::path part = path;
  part += ".part";
  const auto fail = [&] {
    const std::string reason = std::strerror(errno);
    std::error_code ignored;
    std::filesystem::remove(part, ignored);
    throw Error("\"" + path.string() + "\" can't be written: " + reason);
  };
  errno = 0;
  std::ofstream file(part, std::ios::binary | std::ios::trunc);
  if (!file) fail();
  file.write(reinterpret_cast<const char*>(content.data()),
             static_cast<std::streamsize>(content.size()));
  file.close();
  if (!file) fail();
  std::error_code error;
  std::filesystem::rename(part, path, error);
  if (error) {
    errno = error.value();
    fail();
  }
}

void write_png(const std::filesystem::path& path, std::span<const std::uint8_t> rgba, int width,
               int height) {
  assert(rgba.size() == static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4);
  std::vector<std::byte> png;
  const auto append = [](void* context, void* data, int size) {
    auto& out = *static_cast<std::vector<std::byte>*>(context);
    const auto* bytes = static_cast<const std::byte*>(data);
    out.insert(out.end(), bytes, bytes + size);
  };
  if (stbi_write_png_to_func(append, &png, width, height, 4, rgba.data(), width * 4) == 0) {
    throw Error("\"" + path.string() + "\" can't be written: the picture could not be encoded");
  }
  write_file(path, png);
}

}  // namespace convscope
