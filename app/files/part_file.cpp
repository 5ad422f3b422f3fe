#include "app/files/part_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>
#include <system_error>

namespace convscope::files {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kOurs = ".convscope-";
constexpr std::size_t kDigits = 16;
constexpr std::size_t kMaxOfName = 120;  // of the target's name; a file name may have 255 bytes

[[noreturn]] void fail() {
  throw std::system_error(errno, std::generic_category());
}

std::string random_digits() {
  std::array<unsigned char, kDigits> random{};
  if (getrandom(random.data(), random.size(), 0) != std::ssize(random)) fail();
  std::string digits;
  for (const unsigned char byte : random)
    digits += "0123456789abcdef"[byte % 16];
  return digits;
}

// Returns whether an error means that the file system lacks a feature.
bool unsupported(int number) {
  return number == EINVAL || number == ENOTSUP || number == ENOSYS;
}

}  // namespace

bool is_part_name(std::string_view name, std::string_view ending) {
  if (!name.starts_with('.') || !name.ends_with(ending)) return false;
  name.remove_suffix(ending.size());
  if (name.size() < 1 + kOurs.size() + kDigits) return false;
  const std::string_view digits = name.substr(name.size() - kDigits);
  name.remove_suffix(kDigits);
  return name.ends_with(kOurs) &&
         digits.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

PartFile::PartFile(const fs::path& target, std::string_view ending, unsigned mode) {
  const std::string start = "." + target.filename().string().substr(0, kMaxOfName);
  // Another program may take the new file for a leftover before it is locked; then the next name is
  // tried.
  for (int attempt = 0; attempt < 100; ++attempt) {
    fs::path path = target.parent_path();
    path /= start + std::string(kOurs) + random_digits() + std::string(ending);
    doomed_.emplace(path);
    file_ = FileDescriptor(
        open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
    if (!file_ && errno == EEXIST) continue;
    if (!file_) fail();
    if (flock(file_.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) continue;
    struct stat status {};
    if (fstat(file_.get(), &status) == 0 && status.st_nlink == 0) continue;
    path_ = std::move(path);
    return;
  }
  errno = EEXIST;
  fail();
}

PartFile::~PartFile() {
  if (!path_.empty()) unlink(path_.c_str());
}

void PartFile::write(std::span<const std::byte> content) {
  constexpr std::size_t kMax = std::size_t{1} << 30;  // most bytes of one call of write
  while (!content.empty()) {
    const ssize_t count = ::write(file_.get(), content.data(), std::min(content.size(), kMax));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail();
    content = content.subspan(static_cast<std::size_t>(count));
  }
}

void PartFile::sync() {
  while (fsync(file_.get()) != 0) {
    if (errno == EINTR) continue;
    if (unsupported(errno)) return;
    fail();
  }
}

void PartFile::set_renamed() {
  path_.clear();
  doomed_.reset();
}

void sync_folder(const fs::path& folder) {
  const FileDescriptor opened(
      open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened && errno == EACCES) return;  // a folder without read permission may still be writable
  if (!opened) fail();
  if (fsync(opened.get()) != 0 && !unsupported(errno)) fail();
}

}  // namespace convscope::files
