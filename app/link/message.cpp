#include "app/link/message.h"

#include <bit>
#include <cassert>

#include "engine/core/error.h"

namespace convscope::link {

// The values go over the wire as they are in memory.
static_assert(std::endian::native == std::endian::little);

std::vector<Index> sizes_of(const Array& array) {
  const Shape& shape = array.values->shape();
  const std::vector<Index> all{shape.n, shape.c, shape.h, shape.w};
  return {all.end() - static_cast<std::ptrdiff_t>(array.rank), all.end()};
}

std::string sizes_text(const Array& array) {
  std::string text;
  for (const Index size : sizes_of(array))
    text += (text.empty() ? "" : ", ") + std::to_string(size);
  return "[" + text + "]";
}

Message error_message(const std::string& sentence) {
  Message message;
  message.header["error"] = sentence;
  return message;
}

std::string head_of(const Message& message) {
  Json json = Json::object();
  json["version"] = kProtocolVersion;
  json.update(message.header);
  if (!message.arrays.empty()) {
    Json& list = json["arrays"] = Json::array();
    for (const Array& array : message.arrays) {
      assert(array.values && array.rank >= 1 && array.rank <= kMaxRank);
      Json described = Json::object();
      described["name"] = array.name;
      described["dtype"] = "float32";
      described["shape"] = sizes_of(array);
      list.push_back(std::move(described));
    }
  }
  const std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() > kMaxHeaderBytes)
    throw Error("the message's header has " + std::to_string(text.size()) +
                " bytes; it may have at most " + std::to_string(kMaxHeaderBytes));
  std::string head;
  for (std::size_t i = 0; i < 4; ++i)
    head += static_cast<char>((text.size() >> (8 * i)) & 0xFF);
  return head + text;
}

std::span<const std::byte> bytes_of(const Array& array) {
  return std::as_bytes(array.values->values());
}

std::string encoded(const Message& message) {
  std::string all = head_of(message);
  for (const Array& array : message.arrays) {
    const std::span<const std::byte> bytes = bytes_of(array);
    all.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }
  return all;
}

}  // namespace convscope::link
