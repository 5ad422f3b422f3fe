#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "app/files/json_text.h"
#include "app/link/names.h"
#include "engine/core/revised.h"

// The messages between a window and its clients, as README.md of this room has them on the wire: 4
// bytes with the length of a JSON header, the header, and the values of the arrays that it lists.
namespace convscope::link {

inline constexpr int kProtocolVersion = 1;
inline constexpr std::size_t kMaxHeaderBytes = std::size_t{64} << 10;
inline constexpr std::size_t kMaxArrays = 16;
inline constexpr std::size_t kMaxNameBytes = 64;  // of an array's name, and of a client's
inline constexpr std::size_t kMaxRank = 4;

// An array of a message. Its values are shared, so that sending a tensor copies nothing.
struct Array {
  std::string name;
  TensorPtr values;
  // The number of its dimensions, 1 to 4: the last sizes of the tensor's shape, whose first are 1.
  std::size_t rank = kMaxRank;
};

// Returns the dimensions of an array: [H, W] of a tensor [1, 1, H, W] of rank 2.
std::vector<Index> sizes_of(const Array& array);
// Writes them as PyTorch does: "[3, 3]".
std::string sizes_text(const Array& array);

struct Message {
  Json header = Json::object();  // without "version" and "arrays"
  std::vector<Array> arrays;
};

// Returns the message that answers a request which can't be carried out: {"error": sentence}.
Message error_message(const std::string& sentence);

// Returns all that comes before the values: the length and the header. Throws Error where the
// header is too large.
std::string head_of(const Message& message);

// Returns the bytes of an array's values, in the order of the wire.
std::span<const std::byte> bytes_of(const Array& array);

// Returns the whole message in one piece.
std::string encoded(const Message& message);

}  // namespace convscope::link
