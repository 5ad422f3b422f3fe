#pragma once

#include <array>
#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/files/memory_limit.h"
#include "app/link/message.h"
#include "app/link/names.h"

namespace convscope::link {

// Reads messages as their bytes come, in pieces of any size. Everything is bounded before memory is
// taken for it. After an Error nothing more can be read.
class MessageReader {
 public:
  // Returns where the next bytes go; never empty. No more than that may be taken from the sender,
  // as what follows belongs to the next message.
  std::span<std::byte> room();
  // Takes up `count` bytes that were put there. Returns the message once it is whole. `limit` is
  // that of the arrays of all clients, and `others` what those of the others take. Throws Error,
  // with one sentence, for whatever is no message.
  std::optional<Message> took(std::size_t count, const MemoryLimit& limit = {}, Bytes others = 0);
  // Returns whether the beginning of a message has come, but not its end.
  bool begun() const { return filled_ > 0 || part_ != Part::kLength; }
  // Returns the size of the arrays of the message that has begun; 0 before its header is read.
  Bytes array_bytes() const { return array_bytes_; }

 private:
  enum class Part { kLength, kHeader, kArrays };
  // An array of which the header told.
  struct Awaited {
    std::string name;
    Shape shape;
    std::size_t rank = 0;
  };
  void read_length();
  void read_header(const MemoryLimit& limit, Bytes others);
  void read_array();
  std::optional<Message> whole();

  Part part_ = Part::kLength;
  std::size_t filled_ = 0;  // bytes of the part, or of the array, that have come
  std::array<std::byte, 4> length_{};
  std::string header_;
  std::vector<Awaited> awaited_;
  Tensor values_;  // of the array under way
  Bytes array_bytes_ = 0;
  Message message_;
};

}  // namespace convscope::link
