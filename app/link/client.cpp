#include "app/link/client.h"

#include <sys/socket.h>
#include <sys/time.h>

#include <cerrno>
#include <optional>

#include "app/files/system_reason.h"
#include "app/link/message_reader.h"
#include "app/link/socket_place.h"

namespace convscope::link {
namespace {

constexpr timeval kPatience{120, 0};

bool timed_out() {
  return errno == EAGAIN || errno == EWOULDBLOCK;
}

}  // namespace

Client::Client(const std::string& name, const std::filesystem::path& folder) {
  require_window_name(name);
  const std::filesystem::path path = socket_path(folder, name);
  const sockaddr_un address = address_of(path);
  const auto none = [&] {
    return NoWindow("no window listens as \"" + name + "\"; start one with --listen " + name);
  };
  if (!std::filesystem::exists(path)) throw none();
  require_own_folder(folder);  // in a folder of somebody else, somebody else may listen
  socket_ = FileDescriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!socket_) throw Error("a socket can't be made: " + system_reason(errno));
  if (connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
    if (errno == ECONNREFUSED || errno == ENOENT) throw none();
    throw Error("\"" + path.string() + "\" can't be connected to: " + system_reason(errno));
  }
  for (const int option : {SO_RCVTIMEO, SO_SNDTIMEO})
    setsockopt(socket_.get(), SOL_SOCKET, option, &kPatience, sizeof(kPatience));
}

// Stops where the window has ended the connection: it may have said why before.
void Client::send(const Message& request) {
  const std::string head = head_of(request);
  std::vector<std::span<const std::byte>> pieces{std::as_bytes(std::span(head))};
  for (const Array& array : request.arrays)
    pieces.push_back(bytes_of(array));
  for (std::span<const std::byte> rest : pieces) {
    while (!rest.empty()) {
      const ssize_t count = ::send(socket_.get(), rest.data(), rest.size(), MSG_NOSIGNAL);
      if (count < 0 && timed_out()) throw Error("the window does not take the message");
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return;
      rest = rest.subspan(static_cast<std::size_t>(count));
    }
  }
}

Message Client::ask(const Message& request) {
  send(request);
  MessageReader reader;
  while (true) {
    const std::span<std::byte> room = reader.room();
    const ssize_t count = recv(socket_.get(), room.data(), room.size(), 0);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && timed_out()) throw Error("the window does not answer");
    if (count <= 0) throw Error("the window has ended the connection without an answer");
    std::optional<Message> answer = reader.took(static_cast<std::size_t>(count));
    if (!answer) continue;
    if (const auto error = answer->header.find("error"); error != answer->header.end())
      throw Error(error->is_string() ? error->get<std::string>() : "the window refuses");
    return *std::move(answer);
  }
}

}  // namespace convscope::link
