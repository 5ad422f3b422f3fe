#include "app/link/listening_socket.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <utility>

#include "app/files/file_descriptor.h"
#include "app/files/file_lock.h"
#include "app/files/system_reason.h"
#include "app/link/socket_place.h"
#include "engine/core/error.h"

namespace convscope::link {
namespace {

namespace fs = std::filesystem;

constexpr int kBacklog = 64;  // clients that wait to be taken up

FileDescriptor new_socket() {
  FileDescriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket) throw Error("a socket can't be made: " + system_reason(errno));
  return socket;
}

// Returns whether somebody listens there. A full backlog is an answer too.
bool answers(const sockaddr_un& address) {
  const FileDescriptor socket = new_socket();
  const int result =
      connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address));
  return result == 0 || errno == EAGAIN;
}

}  // namespace

// The file of a name, and whose it is.
struct ListeningSocket::Impl {
  std::string name;
  fs::path path;
  // Held as long as the window lives, so that of two windows that start at once one has the name.
  std::optional<FileLock> lock;
  FileDescriptor socket;
  dev_t device = 0;
  ino_t inode = 0;  // of the socket's file; 0 before there is one

  ~Impl() {
    struct stat status {};
    if (inode != 0 && lstat(path.c_str(), &status) == 0 && status.st_dev == device &&
        status.st_ino == inode)
      unlink(path.c_str());
    if (lock) lock->remove();
  }
};

ListeningSocket::ListeningSocket(const std::string& name, const fs::path& folder)
    : impl_(std::make_unique<Impl>()) {
  require_window_name(name);
  impl_->name = name;
  impl_->path = socket_path(folder, name);
  const sockaddr_un address = address_of(impl_->path);
  require_own_folder(folder);
  impl_->lock = FileLock::take(folder / (name + ".lock"));
  if (!impl_->lock || answers(address))
    throw Error("a window listens as \"" + name + "\" already; give this one another name");
  if (unlink(impl_->path.c_str()) != 0 && errno != ENOENT)
    throw Error("\"" + impl_->path.string() + "\" can't be replaced: " + system_reason(errno));
  impl_->socket = new_socket();
  const int socket = impl_->socket.get();
  struct stat status {};
  // The mode of the socket's file is that of the socket when it gets its name.
  if (fchmod(socket, 0600) != 0 ||
      bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0 ||
      lstat(impl_->path.c_str(), &status) != 0)
    throw Error("\"" + impl_->path.string() + "\" can't be made: " + system_reason(errno));
  impl_->device = status.st_dev;
  impl_->inode = status.st_ino;
  if (listen(socket, kBacklog) != 0)
    throw Error("\"" + impl_->path.string() + "\" can't be listened at: " + system_reason(errno));
}

ListeningSocket::~ListeningSocket() = default;
ListeningSocket::ListeningSocket(ListeningSocket&&) noexcept = default;

int ListeningSocket::descriptor() const {
  return impl_->socket.get();
}

const std::string& ListeningSocket::name() const {
  return impl_->name;
}

const fs::path& ListeningSocket::path() const {
  return impl_->path;
}

}  // namespace convscope::link
