#include "app/files/write_file.h"

#include <stb/stb_image_write.h>

#include <cassert>
#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>
#include <vector>

#include "engine/error.h"

namespace convscope {

namespace {

namespace fs = std::filesystem;

std::string cannot_write(const fs::path& path, const std::string& reason) {
  return "\"" + path.string() + "\" can't be written: " + reason;
}

// A name beside `target` that nothing has yet: "name.part", "name.part2" ...
fs::path unused_name(const fs::path& target) {
  fs::path part = target;
  part += ".part";
  std::error_code error;
  for (int i = 2; fs::exists(fs::symlink_status(part, error)); ++i) {
    part = target;
    part += ".part" + std::to_string(i);
  }
  return part;
}

}  // namespace

PendingFile::PendingFile(const fs::path& path) : path_(path), target_(path) {
  std::error_code error;
  if (fs::is_symlink(fs::symlink_status(path, error))) {
    target_ = fs::weakly_canonical(path, error);
    if (error) throw Error(cannot_write(path, error.message()));
  }
  const fs::file_status status = fs::status(target_, error);
  if (fs::exists(status) && !fs::is_regular_file(status)) {
    throw Error(cannot_write(
        path, fs::is_directory(status) ? "it is a folder" : "it is not a regular file"));
  }
  part_ = unused_name(target_);
  doomed_.emplace(part_);
  errno = 0;
  file_.open(part_, std::ios::binary | std::ios::trunc);
  if (!file_) fail(errno);
}

PendingFile::~PendingFile() {
  if (part_.empty()) return;
  file_.close();
  std::error_code ignored;
  fs::remove(part_, ignored);
}

// Also called before the constructor has finished, when no destructor will run.
void PendingFile::fail(int reason) {
  file_.close();
  std::error_code ignored;
  fs::remove(part_, ignored);
  part_.clear();
  throw Error(cannot_write(path_, std::strerror(reason)));
}

void PendingFile::write(std::span<const std::byte> content) {
  errno = 0;
  file_.write(reinterpret_cast<const char*>(content.data()),
              static_cast<std::streamsize>(content.size()));
  if (!file_) fail(errno);
}

void PendingFile::finish() {
  if (!file_.is_open()) return;
  errno = 0;
  file_.close();
  if (!file_) fail(errno);
}

void PendingFile::commit() {
  finish();
  std::error_code error;
  fs::rename(part_, target_, error);
  if (error) fail(error.value());
  doomed_.reset();
  part_.clear();
}

void write_file(const fs::path& path, std::span<const std::byte> content) {
  PendingFile file(path);
  file.write(content);
  file.commit();
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
