#pragma once

#include <string>
#include <string_view>

namespace convscope::link {

// Returns a header of any text with its length before it, as it goes over the wire.
inline std::string sent_text(std::string_view header) {
  std::string bytes;
  for (std::size_t i = 0; i < 4; ++i)
    bytes += static_cast<char>((header.size() >> (8 * i)) & 0xFF);
  return bytes + std::string(header);
}

}  // namespace convscope::link
