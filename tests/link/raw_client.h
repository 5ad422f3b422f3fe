#pragma once

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>

#include <cerrno>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/files/file_descriptor.h"
#include "app/link/message.h"
#include "app/link/message_reader.h"
#include "app/link/socket_place.h"
#include "tests/link/sent_text.h"

namespace convscope::link {

// A client that may send anything.
class RawClient {
 public:
  explicit RawClient(const std::filesystem::path& path)
      : socket_(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const sockaddr_un address = address_of(path);
    EXPECT_EQ(connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)),
              0)
        << path;
    const timeval minute{60, 0};  // a server that never answers fails the test
    setsockopt(socket_.get(), SOL_SOCKET, SO_RCVTIMEO, &minute, sizeof(minute));
  }

  // Returns whether the server took all of it.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t count = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }
  bool send(const Message& message) { return send(encoded(message)); }
  bool send_header(const std::string& fields) {
    return send(sent_text(R"({"version": 1, )" + fields + "}"));
  }
  void hang_up() { socket_.close(); }

  // Returns the next message; nullopt if the server has closed the connection.
  std::optional<Message> receive() {
    while (true) {
      const std::span<std::byte> room = reader_.room();
      const ssize_t count = recv(socket_.get(), room.data(), room.size(), 0);
      if (count <= 0) {
        EXPECT_FALSE(count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) << "no answer came";
        return std::nullopt;
      }
      if (auto message = reader_.took(static_cast<std::size_t>(count))) return message;
    }
  }
  // Returns the sentence of an answer that is an error.
  std::string error() {
    const std::optional<Message> message = receive();
    if (!message) return "the connection was closed";
    return message->header.value("error", "no error");
  }

 private:
  FileDescriptor socket_;
  MessageReader reader_;
};

}  // namespace convscope::link
