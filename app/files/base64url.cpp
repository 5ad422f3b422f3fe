#include "app/files/base64url.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "engine/core/error.h"

namespace convscope::files {
namespace {

constexpr std::string_view kLetters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::uint32_t value_of(std::string_view text, std::size_t place) {
  const std::size_t value = kLetters.find(text[place]);
  if (value == std::string_view::npos)
    throw Error("its character " + std::to_string(place + 1) +
                " is no letter, digit, \"-\" or \"_\"");
  return static_cast<std::uint32_t>(value);
}

}  // namespace

// Three bytes are four letters of six bits, the highest first.
std::string to_base64url(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size() * 4 / 3 + 3);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t bits = 0;
    for (std::size_t k = 0; k < 3; ++k)
      bits = bits << 8 | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0u);
    for (std::size_t k = 0; k <= count; ++k)
      text += kLetters[bits >> (18 - 6 * k) & 63];
  }
  return text;
}

std::string from_base64url(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size() * 3 / 4);
  for (std::size_t i = 0; i < text.size(); i += 4) {
    const std::size_t count = std::min<std::size_t>(4, text.size() - i);
    if (count == 1) throw Error("it ends too early");
    std::uint32_t bits = 0;
    for (std::size_t k = 0; k < 4; ++k)
      bits = bits << 6 | (k < count ? value_of(text, i + k) : 0u);
    for (std::size_t k = 0; k + 1 < count; ++k)
      bytes += static_cast<char>(bits >> (16 - 8 * k) & 255);
  }
  return bytes;
}

}  // namespace convscope::files
