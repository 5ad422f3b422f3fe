#include "app/lesson/stated.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/number_text.h"

namespace convscope::lesson {
namespace {

constexpr int kDigits = 4;

// Reads numbers one after the other.
class NumberScanner {
 public:
  explicit NumberScanner(std::string_view text) : rest_(text) {}

  // Returns the next number, or nullopt at the end and before anything that is none.
  std::optional<StatedNumber> next();
  // Skips what may stand between numbers; returns how many brackets opened.
  int skip_separators();
  bool at_end() const { return rest_.empty(); }

 private:
  bool take(std::string_view text);
  // Takes digits, which thin and no-break spaces may group, and returns them.
  std::string digits();
  std::optional<int> exponent();

  std::string_view rest_;
};

bool NumberScanner::take(std::string_view text) {
  if (!rest_.starts_with(text)) return false;
  rest_.remove_prefix(text.size());
  return true;
}

std::string NumberScanner::digits() {
  std::string found;
  for (;;) {
    if (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
      found += rest_.front();
      rest_.remove_prefix(1);
      continue;
    }
    // A space within a number is a thin, a narrow no-break or a no-break one before a digit.
    bool grouped = false;
    for (const std::string_view space : {"\u2009", "\u202f", "\u00a0"}) {
      const bool before_digit =
          rest_.size() > space.size() && rest_[space.size()] >= '0' && rest_[space.size()] <= '9';
      if (!found.empty() && before_digit && take(space)) grouped = true;
    }
    if (!grouped) return found;
  }
}

// Reads "e5", "E-3", "×10⁵" or "×10^5".
std::optional<int> NumberScanner::exponent() {
  constexpr std::array<std::string_view, 10> kRaised = {"⁰", "¹", "²", "³", "⁴",
                                                        "⁵", "⁶", "⁷", "⁸", "⁹"};
  const std::string_view before = rest_;
  std::string text;
  if (take("×10") || take("·10")) {
    const bool caret = take("^");
    if (take("⁻") || (caret && (take("-") || take("−")))) text = "-";
    if (caret) text += digits();
    for (std::size_t i = 0; !caret && i < kRaised.size();) {
      if (take(kRaised[i])) {
        text += static_cast<char>('0' + i);
        i = 0;
      } else {
        ++i;
      }
    }
  } else if (take("e") || take("E")) {
    if (take("-") || take("−"))
      text = "-";
    else
      take("+");
    text += digits();
  }
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc() && end == text.data() + text.size() && std::abs(value) < 1000)
    return value;
  rest_ = before;
  return std::nullopt;
}

std::optional<StatedNumber> NumberScanner::next() {
  const std::string_view before = rest_;
  StatedNumber number;
  if (take("≈")) {
    number.exact = false;
    while (take(" ")) {
    }
  }
  const bool negative = take("-") || take("−");
  if (!negative) take("+");
  const double sign = negative ? -1.0 : 1.0;
  if (take("∞") || take("inf")) {
    number.value = sign * std::numeric_limits<double>::infinity();
    return number;
  }
  if (take("NaN") || take("nan")) {
    number.value = std::numeric_limits<double>::quiet_NaN();
    return number;
  }
  std::string text = digits();
  const bool whole = !text.empty();
  std::string fraction;
  if (rest_.size() > 1 && rest_[0] == '.' && rest_[1] >= '0' && rest_[1] <= '9') {
    take(".");
    fraction = digits();
    text += (whole ? "." : "0.") + fraction;
  }
  if (text.empty()) {
    rest_ = before;
    return std::nullopt;
  }
  const std::optional<int> power = exponent();
  number.scientific = power.has_value();
  number.decimals = static_cast<int>(fraction.size());
  if (power) text += "e" + std::to_string(*power);
  std::from_chars(text.data(), text.data() + text.size(), number.value);
  number.value *= sign;
  number.exact = number.exact && fraction.empty() && !power;
  number.rounding = 0.5 * std::pow(10.0, power.value_or(0) - number.decimals);
  return number;
}

int NumberScanner::skip_separators() {
  int opened = 0;
  for (;;) {
    if (take("[") || take("(")) {
      ++opened;
    } else if (!take(" ") && !take(",") && !take("×") && !take("x") && !take("]") && !take(")") &&
               !take(";")) {
      return opened;
    }
  }
}

// Writes a number with the digits of a stated one.
std::string like(double value, const StatedNumber& stated) {
  if (stated.exact || stated.scientific || !std::isfinite(value)) return whole_text(value, kDigits);
  return fixed_text(value, stated.decimals);
}

// Returns a text in lower case without spaces.
std::string folded(std::string text) {
  std::erase(text, ' ');
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

// Compares whole sizes from the last to the first; what one has more of must be 1.
bool sizes_agree(const std::vector<double>& sizes, const std::vector<StatedNumber>& stated) {
  const std::size_t most = std::max(sizes.size(), stated.size());
  for (std::size_t i = 1; i <= most; ++i) {
    const double a = i <= sizes.size() ? sizes[sizes.size() - i] : 1.0;
    const double b = i <= stated.size() ? stated[stated.size() - i].value : 1.0;
    if (a != b) return false;
  }
  return !stated.empty();
}

bool all_agree(const Value& value, const Stated& stated) {
  if (value.numbers.size() != stated.numbers.size()) return false;
  if (value.kind == ValueKind::kNumbers && stated.columns != value.columns) return false;
  for (std::size_t i = 0; i < value.numbers.size(); ++i)
    if (!number_agrees(value.numbers[i], stated.numbers[i])) return false;
  return true;
}

}  // namespace

Stated read_stated(std::string_view text) {
  Stated stated;
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return stated;
  text = text.substr(first, text.find_last_not_of(' ') - first + 1);
  stated.text = text;
  NumberScanner scanner(text);
  const bool rows = text.starts_with("[[");
  scanner.skip_separators();
  while (const std::optional<StatedNumber> number = scanner.next()) {
    if (stated.numbers.size() == kMaxStatedNumbers)
      throw Error("more than " + std::to_string(kMaxStatedNumbers) +
                  " numbers are stated; at most so many are accepted");
    stated.numbers.push_back(*number);
    const bool row_ends = scanner.skip_separators() > 0;
    if (rows && row_ends && stated.columns == 0) stated.columns = stated.numbers.size();
  }
  if (rows && stated.columns == 0) stated.columns = stated.numbers.size();
  // What has anything else in it is a text.
  if (!scanner.at_end()) stated.numbers.clear();
  return stated;
}

Stated read_stated_count(std::string_view text) {
  std::string digits(text);
  std::erase(digits, ' ');
  Stated stated = read_stated(digits);
  stated.text = read_stated(text).text;
  return stated;
}

bool number_agrees(double value, const StatedNumber& stated, double tolerance) {
  if (std::isnan(value)) return std::isnan(stated.value);
  if (std::isinf(value)) return value == stated.value;
  const double distance = std::abs(value - stated.value);
  if (tolerance >= 0.0) return distance <= tolerance * (1.0 + 1e-9);
  constexpr double kFloatRounding = 1e-6;
  const double rounding = kFloatRounding * std::max(1e-3, std::abs(stated.value));
  return distance <= (stated.exact ? rounding : stated.rounding + rounding * 1e-3);
}

bool agrees(const Value& value, const Stated& stated) {
  if (!value.missing.empty()) return false;
  switch (value.kind) {
    case ValueKind::kShape:
      return sizes_agree(value.numbers, stated.numbers);
    case ValueKind::kCount:
      return stated.numbers.size() == 1 &&
             (stated.numbers[0].exact ? value.numbers[0] == stated.numbers[0].value
                                      : number_agrees(value.numbers[0], stated.numbers[0]));
    case ValueKind::kText:
      return folded(value.text) == folded(stated.text);
    case ValueKind::kTuple: {
      // "(1, 1)" states what is written "1".
      std::vector<double> sides;
      for (const StatedNumber& n : stated.numbers)
        sides.push_back(n.value);
      return !sides.empty() && tuple_value(std::move(sides)).numbers == value.numbers;
    }
    case ValueKind::kNumber:
    case ValueKind::kNumbers:
      break;
  }
  return all_agree(value, stated);
}

std::string value_text_like(const Value& value, const Stated& stated) {
  if (!value.missing.empty() || stated.numbers.size() != value.numbers.size())
    return value_text(value);
  return value_text(value,
                    [&](std::size_t i) { return like(value.numbers[i], stated.numbers[i]); });
}

}  // namespace convscope::lesson
