#include "app/link/connection.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "engine/core/error.h"

namespace convscope::link {
namespace {

constexpr std::size_t kMostAtOnce = std::size_t{1} << 20;  // bytes, so that others have their turn
constexpr std::chrono::seconds kTimeForHeader{10};         // and for any progress at all
constexpr double kLeastBytesPerMillisecond = 1000.0;

bool would_block(int error) {
  return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

}  // namespace

std::chrono::milliseconds allowed_time(Bytes bytes) {
  return kTimeForHeader +
         std::chrono::milliseconds(static_cast<std::int64_t>(bytes / kLeastBytesPerMillisecond));
}

std::span<const std::byte> Connection::Piece::bytes() const {
  return values ? std::as_bytes(values->values()) : std::as_bytes(std::span(head));
}

std::optional<Time> Connection::deadline() const {
  if (!deadline_) return std::nullopt;
  return std::min(*deadline_, moved_ + kTimeForHeader);
}

short Connection::events() const {
  if (turn_ == Turn::kAnswer) return 0;
  return turn_ == Turn::kWrite ? POLLOUT : POLLIN;
}

std::optional<Message> Connection::read(Time now, const MemoryLimit& limit, Bytes others) {
  if (turn_ != Turn::kRequest) return std::nullopt;
  const std::span<std::byte> room = reader_.room();
  const ssize_t count =
      recv(socket_.get(), room.data(), std::min(room.size(), kMostAtOnce), MSG_DONTWAIT);
  if (count < 0 && would_block(errno)) return std::nullopt;
  if (count <= 0) {
    end();
    return std::nullopt;
  }
  moved_ = now;
  const Bytes known = reader_.array_bytes();
  if (!reader_.begun()) deadline_ = now + allowed_time(0);
  try {
    std::optional<Message> message = reader_.took(static_cast<std::size_t>(count), limit, others);
    if (message) {
      asked_bytes_ = 0;
      for (const Array& array : message->arrays)
        asked_bytes_ += static_cast<Bytes>(bytes_of(array).size());
      turn_ = Turn::kAnswer;
      deadline_.reset();
    } else if (reader_.array_bytes() != known) {
      deadline_ = now + allowed_time(reader_.array_bytes());
    }
    return message;
  } catch (const Error& error) {
    fail(error.what(), now);
  }
  return std::nullopt;
}

void Connection::write(Time now) {
  if (turn_ != Turn::kWrite) return;
  while (!pieces_.empty()) {
    const auto rest = pieces_.front().bytes().subspan(written_);
    const ssize_t count = send(socket_.get(), rest.data(), std::min(rest.size(), kMostAtOnce),
                               MSG_DONTWAIT | MSG_NOSIGNAL);
    if (count < 0 && would_block(errno)) return;
    if (count < 0) return end();
    moved_ = now;
    written_ += static_cast<std::size_t>(count);
    if (written_ == pieces_.front().bytes().size()) {
      pieces_.pop_front();
      written_ = 0;
    } else if (static_cast<std::size_t>(count) == kMostAtOnce) {
      return;  // the others have their turn
    }
  }
  if (last_) return end();
  turn_ = Turn::kRequest;
  deadline_.reset();
}

void Connection::answer(const Message& message, Time now) {
  if (gone_) return end();
  Bytes bytes = 0;
  pieces_.push_back({head_of(message), nullptr});
  for (const Array& array : message.arrays) {
    pieces_.push_back({"", array.values});
    bytes += static_cast<Bytes>(bytes_of(array).size());
  }
  turn_ = Turn::kWrite;
  deadline_ = now + allowed_time(bytes);
  moved_ = now;
  write(now);
}

void Connection::fail(const std::string& sentence, Time now) {
  if (ended()) return;
  reader_ = MessageReader();
  last_ = true;
  answer(error_message(sentence), now);
}

void Connection::expire(Time now) {
  const std::optional<Time> until = deadline();
  if (ended() || !until || now < *until) return;
  if (turn_ == Turn::kWrite) return end();
  if (until != deadline_)
    return fail("the message did not go on for " + std::to_string(kTimeForHeader.count()) + " s",
                now);
  fail("the message did not come whole in the time that it may take, " +
           std::to_string(
               std::chrono::duration_cast<std::chrono::seconds>(allowed_time(reader_.array_bytes()))
                   .count()) +
           " s",
       now);
}

void Connection::hung_up() {
  if (turn_ == Turn::kAnswer)
    gone_ = true;
  else if (turn_ == Turn::kWrite)
    end();
  // What a client has sent before it hung up is read to its end.
}

}  // namespace convscope::link
