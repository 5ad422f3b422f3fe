#include "app/files/arrays/number_word.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <system_error>

namespace convscope::files {
namespace {

constexpr std::size_t kLongest = 64;  // most bytes of a word that may be a number
constexpr const char* kNoNumber = "is not a number";
constexpr const char* kBeyond = "is beyond float32, which has numbers from 1.4e-45 to 3.4e38";
constexpr std::string_view kTimesTen = "×10";

// The superscript digit at the beginning of a text as a plain one ('-' for a superscript minus) and
// its length in bytes; 0 if there is none.
struct Superscript {
  char plain = 0;
  std::size_t length = 0;
};
Superscript leading_superscript(std::string_view text) {
  constexpr std::array<std::string_view, 11> kRaised = {"⁰", "¹", "²", "³", "⁴", "⁵",
                                                        "⁶", "⁷", "⁸", "⁹", "⁻"};
  constexpr std::string_view kPlain = "0123456789-";
  for (std::size_t i = 0; i < kRaised.size(); ++i)
    if (text.starts_with(kRaised[i])) return {kPlain[i], kRaised[i].size()};
  return {};
}

// Replaces the minus sign by ASCII's and "×10⁻³" by "e-3".
std::string ascii(std::string_view word) {
  constexpr std::string_view kMinus = "−";
  std::string text;
  for (std::size_t at = 0; at < word.size();) {
    const std::string_view rest = word.substr(at);
    if (rest.starts_with(kMinus)) {
      text += '-';
      at += kMinus.size();
    } else if (rest.starts_with(kTimesTen) &&
               leading_superscript(rest.substr(kTimesTen.size())).length > 0) {
      text += 'e';
      at += kTimesTen.size();
      for (Superscript r = leading_superscript(word.substr(at)); r.length > 0;
           r = leading_superscript(word.substr(at))) {
        text += r.plain;
        at += r.length;
      }
    } else {
      text += word[at++];
    }
  }
  return text;
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return result;
}

// Parses a whole text as a decimal number of type T. "+-1" is not one.
template <typename T>
std::errc parse_decimal(std::string_view text, T& value) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return std::errc::invalid_argument;
  }
  if (text.find_first_not_of("0123456789.eE+-") != std::string_view::npos)
    return std::errc::invalid_argument;
  const char* const end = text.data() + text.size();
  const auto [last, error] = std::from_chars(text.data(), end, value);
  if (error == std::errc::invalid_argument || last != end) return std::errc::invalid_argument;
  const std::string_view digits = text.substr(0, text.find_first_of("eE"));
  const bool zero = digits.find_first_of("123456789") == std::string_view::npos;
  if (value == T{0} && !zero) return std::errc::result_out_of_range;
  return error;
}

NumberWord fraction(std::string_view text, std::size_t slash) {
  double above = 0.0;
  double below = 0.0;
  if (parse_decimal(text.substr(0, slash), above) != std::errc() ||
      parse_decimal(text.substr(slash + 1), below) != std::errc())
    return {.problem = kNoNumber};
  if (below == 0.0) return {.problem = "divides by zero"};
  const auto value = static_cast<float>(above / below);
  if (!std::isfinite(value) || (value == 0.0f && above != 0.0)) return {.problem = kBeyond};
  return {.value = value};
}

// Returns whether digits, with or without a sign, are another number than `value`.
bool is_rounded(std::string_view text, float value) {
  const std::string_view digits = text.substr(text.find_first_not_of("+-"));
  if (digits.find_first_not_of("0123456789") != std::string_view::npos) return false;
  std::uint64_t whole = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), whole);
  const float size = std::abs(value);
  if (error != std::errc() || size >= 0x1p64f) return true;
  return static_cast<std::uint64_t>(size) != whole;
}

bool special(const std::string& text, float& value) {
  const bool negative = text.starts_with('-');
  const std::string_view name = std::string_view(text).substr(negative || text[0] == '+' ? 1 : 0);
  if (name == "nan") {
    value = std::numeric_limits<float>::quiet_NaN();
  } else if (name == "inf" || name == "infinity" || name == "∞") {
    value = (negative ? -1.0f : 1.0f) * std::numeric_limits<float>::infinity();
  } else {
    return false;
  }
  return true;
}

// Returns the message for well-known words that are not numbers.
const char* known_problem(const std::string& word) {
  constexpr std::array<std::string_view, 7> kMissing = {"na",   "n/a",  "#n/a", "<na>",
                                                        "null", "none", "nat"};
  if (word == "..." || word == "…")
    return "leaves numbers out; print the whole array (in NumPy and PyTorch after "
           "set_printoptions) and copy that";
  if (std::ranges::find(kMissing, word) != kMissing.end())
    return "is a missing value; a number or nan must stand there";
  return nullptr;
}

}  // namespace

std::string plain_number(float value) {
  std::array<char, 32> text{};
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), value).ptr};
}

NumberWord read_number_word(std::string_view word, bool decimal_comma) {
  if (word.empty() || word.size() > kLongest) return {.problem = kNoNumber};
  if (const char* problem = known_problem(lower(word))) return {.problem = problem};
  std::string text = ascii(word);
  if (decimal_comma && text.find(',') != std::string::npos) {
    if (text.find('.') != std::string::npos)
      return {.problem =
                  "has both a comma and a point; write it with one decimal sign and nothing "
                  "between thousands"};
    std::ranges::replace(text, ',', '.');
  }
  NumberWord result;
  if (special(lower(text), result.value)) return result;
  if (const std::size_t slash = text.find('/'); slash != std::string::npos) {
    // "1/2×10⁻³" has two possible meanings.
    if (word.find(kTimesTen) != std::string_view::npos) return {.problem = kNoNumber};
    return fraction(text, slash);
  }
  const std::errc error = parse_decimal(text, result.value);
  if (error == std::errc::result_out_of_range) return {.problem = kBeyond};
  if (error != std::errc()) return {.problem = kNoNumber};
  result.rounded = is_rounded(text, result.value);
  return result;
}

}  // namespace convscope::files
