#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "app/files/file_descriptor.h"
#include "app/files/memory_limit.h"
#include "app/link/message.h"
#include "app/link/message_reader.h"
#include "app/link/names.h"

namespace convscope::link {

using Time = std::chrono::steady_clock::time_point;

// The time that a message of so many bytes may take from its first byte to its last.
std::chrono::milliseconds allowed_time(Bytes bytes);

// One client. Client and window take turns: a request is read, answered, and only then the next one
// is read. Nothing here blocks.
class Connection {
 public:
  // `socket` must not block.
  explicit Connection(FileDescriptor socket) : socket_(std::move(socket)) {}

  int descriptor() const { return socket_.get(); }
  // Returns whether the connection is at its end, so that it can be forgotten.
  bool ended() const { return !socket_; }
  // Returns whether the client is gone, although a request of it is still carried out.
  bool gone() const { return gone_; }
  // Returns whether a request was read that was not answered yet.
  bool asked() const { return turn_ == Turn::kAnswer; }
  // Returns what to poll for.
  short events() const;
  // Returns when the message under way must be through, or at least go on.
  std::optional<Time> deadline() const;
  // Returns the memory that the arrays of a request take until it is answered.
  Bytes request_bytes() const { return asked() ? asked_bytes_ : reader_.array_bytes(); }

  // Reads what has come, a bounded piece of it; `limit` and `others` are those of MessageReader.
  // Returns a request once it is whole. A client that sends no message is told why, and its
  // connection ends.
  std::optional<Message> read(Time now, const MemoryLimit& limit, Bytes others);
  // Writes what can be written.
  void write(Time now);
  // Answers the request.
  void answer(const Message& message, Time now);
  // Says in one sentence what is wrong, and ends the connection.
  void fail(const std::string& sentence, Time now);
  // Ends the connection if its message has taken too long.
  void expire(Time now);
  // The client has hung up: ends the connection, unless a request of it is carried out.
  void hung_up();
  void end() { socket_.close(); }

 private:
  enum class Turn { kRequest, kAnswer, kWrite };
  // A piece of an answer.
  struct Piece {
    std::string head;
    TensorPtr values;  // null for a head
    std::span<const std::byte> bytes() const;
  };

  FileDescriptor socket_;
  Turn turn_ = Turn::kRequest;
  bool last_ = false;  // whether the connection ends after the answer
  bool gone_ = false;
  MessageReader reader_;
  Bytes asked_bytes_ = 0;
  std::deque<Piece> pieces_;
  std::size_t written_ = 0;  // of the first piece
  std::optional<Time> deadline_;
  Time moved_;  // when bytes of the message under way came or went last
};

}  // namespace convscope::link
