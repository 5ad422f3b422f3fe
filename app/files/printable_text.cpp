#include "app/files/printable_text.h"

#include <array>
#include <cstdint>
#include <ostream>

namespace convscope::files {
namespace {

struct Character {
  char32_t code = 0;
  std::size_t size = 0;  // bytes; 0 if they are not valid UTF-8
};

// Returns the first character of `text`.
Character first_character(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < size) return {};
  char32_t code = lead & (0xffu >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return {};
    code = code << 6 | (byte(i) & 0x3fu);
  }
  constexpr std::array<char32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xd800 && code <= 0xdfff;
  if (code < kLeast[size] || code > 0x10ffff || surrogate) return {};
  return {code, size};
}

bool is_plain(char32_t c) {
  const auto within = [c](char32_t first, char32_t last) { return c >= first && c <= last; };
  return !(c < 0x20 || within(0x7f, 0x9f) || c == 0x61c || within(0x200e, 0x200f) ||
           within(0x2028, 0x202e) || within(0x2066, 0x2069));
}

// Writes "x1b" or "u202e".
std::string escape(char kind, std::uint32_t value, int digits) {
  constexpr const char* kDigits = "0123456789abcdef";
  std::string text{'\\', kind};
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
    text += kDigits[value >> shift & 0xfu];
  return text;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const Character c = first_character(text);
    const std::size_t size = c.size == 0 ? 1 : c.size;
    if (c.size == 0 || c.code < 0x80) {
      const auto byte = static_cast<std::uint8_t>(text.front());
      result +=
          c.size != 0 && is_plain(c.code) ? std::string(1, text.front()) : escape('x', byte, 2);
    } else {
      result += is_plain(c.code) ? std::string(text.substr(0, size)) : escape('u', c.code, 4);
    }
    text.remove_prefix(size);
  }
  return result;
}

bool PrintableBuf::pass_on(std::size_t size) {
  std::string_view rest = std::string_view(line_).substr(0, size);
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    to_ << printable(rest.substr(0, end));
    if (end == std::string_view::npos) break;
    to_ << '\n';
    rest.remove_prefix(end + 1);
  }
  line_.erase(0, size);
  return to_.good();
}

PrintableBuf::int_type PrintableBuf::overflow(int_type c) {
  if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
  const char character = traits_type::to_char_type(c);
  return xsputn(&character, 1) == 1 ? c : traits_type::eof();
}

std::streamsize PrintableBuf::xsputn(const char* text, std::streamsize size) {
  line_.append(text, static_cast<std::size_t>(size));
  const std::size_t end = line_.rfind('\n');
  return end == std::string::npos || pass_on(end + 1) ? size : 0;
}

int PrintableBuf::sync() {
  if (!pass_on(line_.size())) return -1;
  return to_.flush() ? 0 : -1;
}

}  // namespace convscope::files
