#include "app/files/write_file.h"

#include <fcntl.h>
#include <stb/stb_image_write.h>
#include <sys/stat.h>

#include <cassert>
#include <cerrno>
#include <new>
#include <string>
#include <system_error>
#include <vector>

#include "app/files/leftovers.h"
#include "app/files/system_reason.h"
#include "engine/core/error.h"

namespace convscope::files {

namespace {

namespace fs = std::filesystem;

std::string cannot_write(const fs::path& path, const std::string& reason) {
  return "\"" + path.string() + "\" can't be written: " + reason;
}

bool must_not_be_written(const fs::path& path, const struct stat& status) {
  // Root may write regardless of the mode, but a read-only mode says that the file should not be
  // written.
  if ((status.st_mode & 0222) == 0) return true;
  return faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) != 0 && errno == EACCES;
}

// If the file can't have the wanted group, its group gets no more rights than everybody.
void give_access(int file, const FileAccess& wanted) {
  unsigned mode = wanted.mode & 0777;
  struct stat made {};
  fstat(file, &made);
  const bool same = made.st_uid == wanted.user && made.st_gid == wanted.group;
  if (!same && fchown(file, wanted.user, wanted.group) != 0 && made.st_gid != wanted.group &&
      fchown(file, static_cast<uid_t>(-1), wanted.group) != 0)
    mode &= 0707u | ((mode & 0007u) << 3);
  fchmod(file, mode);
}

// Renames a file if the new name is free. Returns 0, or the errno.
int rename_to_new(const fs::path& from, const fs::path& to) {
  if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return errno;
  // The file system can't do that in one step; a second name, which must be new, and removing the
  // first do the same.
  if (link(from.c_str(), to.c_str()) != 0) return errno;
  unlink(from.c_str());
  return 0;
}

}  // namespace

PendingFile::PendingFile(const fs::path& path, const WriteOptions& options)
    : path_(path), target_(path), options_(options) {
  std::error_code error;
  if (!options.must_be_new && fs::is_symlink(fs::symlink_status(path, error))) {
    target_ = fs::weakly_canonical(path, error);
    if (error) fail(error.value());
  }
  struct stat there {};
  const bool exists = lstat(target_.c_str(), &there) == 0;
  // A name that is too long would otherwise be refused only after other files have taken their
  // names.
  if (!exists && errno != ENOENT) fail(errno);
  if (exists && options.must_be_new) fail(EEXIST);
  if (exists && !S_ISREG(there.st_mode)) {
    throw Error(
        cannot_write(path, S_ISDIR(there.st_mode) ? "it is a folder" : "it is not a regular file"));
  }
  if (exists && !options.replace_read_only && must_not_be_written(target_, there)) {
    throw Error(
        cannot_write(path, "it is read-only; make it writable first, or name another file"));
  }
  access_ = options.access;
  if (exists) access_ = FileAccess{there.st_mode, there.st_uid, there.st_gid};
  remove_leftovers(target_.parent_path());
  try {
    // Accessible to its owner only until it has the wanted access rights.
    part_.emplace(target_, kPartEnding, access_ ? 0600 : 0666);
  } catch (const std::system_error& reason) {
    fail(reason.code().value());
  }
}

void PendingFile::fail(int reason) const {
  throw Error(cannot_write(path_, system_reason(reason)));
}

void PendingFile::write(std::span<const std::byte> content) {
  try {
    part_->write(content);
  } catch (const std::system_error& error) {
    part_.reset();
    fail(error.code().value());
  }
}

void PendingFile::finish() {
  if (finished_) return;
  if (access_) give_access(part_->descriptor(), *access_);
  try {
    part_->sync();
  } catch (const std::system_error& error) {
    part_.reset();
    fail(error.code().value());
  }
  finished_ = true;
}

void PendingFile::take_name() {
  const fs::path& part = part_->path();
  if (options_.must_be_new) {
    if (const int reason = rename_to_new(part, target_); reason != 0) fail(reason);
  } else if (rename(part.c_str(), target_.c_str()) != 0) {
    fail(errno);
  }
  part_->set_renamed();
}

void PendingFile::commit() {
  finish();
  take_name();
  try {
    sync_folder(target_.parent_path());
  } catch (const std::system_error& error) {
    fail(error.code().value());
  }
}

bool is_read_only(const fs::path& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
         must_not_be_written(path, status);
}

void write_file(const fs::path& path, std::span<const std::byte> content) {
  PendingFile file(path);
  file.write(content);
  file.commit();
}

std::vector<std::byte> png_bytes(std::span<const std::uint8_t> rgba, int width, int height) {
  assert(rgba.size() == static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4);
  std::vector<std::byte> png;
  const auto append = [](void* context, void* data, int size) {
    auto& out = *static_cast<std::vector<std::byte>*>(context);
    const auto* bytes = static_cast<const std::byte*>(data);
    out.insert(out.end(), bytes, bytes + size);
  };
  if (stbi_write_png_to_func(append, &png, width, height, 4, rgba.data(), width * 4) == 0)
    throw std::bad_alloc();
  return png;
}

void write_png(const std::filesystem::path& path, std::span<const std::uint8_t> rgba, int width,
               int height) {
  std::vector<std::byte> png;
  try {
    png = png_bytes(rgba, width, height);
  } catch (const std::bad_alloc&) {
    throw Error("\"" + path.string() + "\" can't be written: the picture could not be encoded");
  }
  write_file(path, png);
}

}  // namespace convscope::files
