#include "app/ui/parse_number.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>
#include <system_error>

namespace convscope::ui {
namespace {

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

// Rewrites "1.2×10⁻³", as the program itself writes it, to "1.2e-3".
void plain_exponent(std::string& text) {
  constexpr std::string_view kTimesTen = "×10";
  const std::size_t at = text.find(kTimesTen);
  if (at == std::string::npos) return;
  std::string power = text.substr(at + kTimesTen.size());
  constexpr std::array<std::string_view, 10> kRaised = {"⁰", "¹", "²", "³", "⁴",
                                                        "⁵", "⁶", "⁷", "⁸", "⁹"};
  for (std::size_t digit = 0; digit < kRaised.size(); ++digit)
    replace_all(power, kRaised[digit], std::to_string(digit));
  replace_all(power, "⁻", "-");
  text = text.substr(0, at) + "e" + power;
}

std::string_view trimmed(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  while (!text.empty() && text.back() == ' ')
    text.remove_suffix(1);
  return text;
}

// What is beyond the largest double counts as infinite, and what is below the smallest as zero.
std::optional<double> parse_plain(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('+')) {
    text = trimmed(text.substr(1));
    if (text.starts_with('-') || text.starts_with('+')) return std::nullopt;
  }
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end != text.data() + text.size()) return std::nullopt;
  if (error == std::errc()) return value;
  if (error != std::errc::result_out_of_range) return std::nullopt;
  const bool tiny =
      text.find("e-") != std::string_view::npos || text.find("E-") != std::string_view::npos;
  return tiny ? 0.0 : std::numeric_limits<double>::infinity();
}

// The same as parse_number, but with what is not finite.
std::optional<double> parse_any(std::string_view text) {
  std::string plain(text);
  // "1/2×10⁻³" has two possible meanings.
  if (plain.find('/') != std::string::npos && plain.find("×") != std::string::npos)
    return std::nullopt;
  replace_all(plain, "−", "-");
  plain_exponent(plain);
  if (plain.find('.') == std::string::npos) replace_all(plain, ",", ".");
  const std::size_t slash = plain.find('/');
  if (slash == std::string::npos) return parse_plain(plain);
  const auto numerator = parse_plain(std::string_view(plain).substr(0, slash));
  const auto denominator = parse_plain(std::string_view(plain).substr(slash + 1));
  if (!numerator || !denominator) return std::nullopt;
  return *numerator / *denominator;
}

// The text of a pair without brackets, with one sign for all that stands between two numbers.
std::string plain_pair(std::string_view text) {
  std::string plain(trimmed(text));
  replace_all(plain, "×", "x");
  const auto in_brackets = [&](char open, char close) {
    return plain.size() > 1 && plain.front() == open && plain.back() == close;
  };
  if (in_brackets('(', ')') || in_brackets('[', ']')) plain = plain.substr(1, plain.size() - 2);
  std::ranges::replace_if(
      plain, [](char c) { return c == ',' || c == ';' || c == 'X' || c == '*'; }, 'x');
  return std::string(trimmed(plain));
}

}  // namespace

std::optional<double> parse_number(std::string_view text) {
  const std::optional<double> number = parse_any(text);
  return number && std::isfinite(*number) ? number : std::nullopt;
}

bool is_not_finite(std::string_view text) {
  const std::optional<double> number = parse_any(text);
  return number && !std::isfinite(*number);
}

bool looks_like_pair(std::string_view text) {
  return plain_pair(text).find_first_of("x ") != std::string::npos;
}

std::optional<NumberPair> parse_pair(std::string_view text) {
  const std::string plain = plain_pair(text);
  std::size_t between = plain.find('x');
  if (between == std::string::npos) between = plain.find(' ');
  if (between == std::string::npos) return std::nullopt;
  const auto first = parse_number(std::string_view(plain).substr(0, between));
  const auto second = parse_number(std::string_view(plain).substr(between + 1));
  if (!first || !second) return std::nullopt;
  return NumberPair{*first, *second};
}

}  // namespace convscope::ui
