#include "engine/core/number_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

namespace convscope::engine {
namespace {

std::string plain(double value, std::chars_format format, int precision) {
  std::array<char, 400> buffer;
  const auto [end, error] =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format, precision);
  return error == std::errc() ? std::string(buffer.data(), end) : std::string("?");
}

std::string without_trailing_zeros(std::string text) {
  if (text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

bool special(double value, std::string& text) {
  if (std::isnan(value)) {
    text = "NaN";
  } else if (std::isinf(value)) {
    text = value > 0 ? "∞" : "−∞";
  } else {
    return false;
  }
  return true;
}

bool is_zero_text(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c == '0' || c == '.'; });
}

}  // namespace

std::string superscript(int exponent) {
  constexpr std::array<std::string_view, 10> kDigits = {"⁰", "¹", "²", "³", "⁴",
                                                        "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string result = exponent < 0 ? "⁻" : "";
  for (const char c : std::to_string(std::abs(exponent))) {
    result += kDigits[static_cast<std::size_t>(c - '0')];
  }
  return result;
}

std::string number_text(double value, int digits) {
  std::string text;
  if (special(value, text)) return text;
  if (value == 0.0) return "0";
  const std::string sign = value < 0 ? "−" : "";
  // Takes the exponent after rounding to `digits`: with four digits 9.9996 becomes 10.
  const std::string scientific = plain(std::abs(value), std::chars_format::scientific, digits - 1);
  const std::size_t e = scientific.find('e');
  int exponent = 0;
  const char* first = scientific.data() + e + (scientific[e + 1] == '+' ? 2 : 1);
  std::from_chars(first, scientific.data() + scientific.size(), exponent);
  if (exponent >= -4 && exponent < std::max(digits, 5)) {
    const int decimals = std::max(0, digits - 1 - exponent);
    return sign +
           without_trailing_zeros(plain(std::abs(value), std::chars_format::fixed, decimals));
  }
  return sign + without_trailing_zeros(scientific.substr(0, e)) + "×10" + superscript(exponent);
}

std::string whole_text(double value, int digits) {
  const bool whole = std::abs(value) < 1e9 && value == std::round(value);
  return number_text(value, whole ? std::max(digits, 9) : digits);
}

std::string fixed_text(double value, int decimals) {
  std::string text;
  if (special(value, text)) return text;
  text = plain(std::abs(value), std::chars_format::fixed, decimals);
  if (value != 0.0 && is_zero_text(text)) return "≈0";
  return value < 0 ? "−" + text : text;
}

std::string count_text(long long value) {
  std::string digits = std::to_string(std::abs(value));
  for (std::size_t i = digits.size(); i > 3; i -= 3)
    digits.insert(i - 3, " ");
  return value < 0 ? "−" + digits : digits;
}

}  // namespace convscope::engine
