#pragma once

#include <optional>
#include <string_view>

#include "app/ui/names.h"

// What people type for numbers.
namespace convscope::ui {

// Parses a number: with a typographic or ASCII minus, comma or point, exponents ("1.2e-3",
// "1.2×10⁻³") and fractions ("1/9"). Returns nullopt if it is none or not finite.
std::optional<double> parse_number(std::string_view text);

// Whether the text means a number that is not finite: "nan", "inf", "1e400", "1/0".
bool is_not_finite(std::string_view text);

struct NumberPair {
  double first = 0.0, second = 0.0;
};

// Whether the text has more than one number, or has begun to: "6,", "6x8".
bool looks_like_pair(std::string_view text);
// Parses two numbers as a pair is shown or said: "6, 8", "6,8", "6 8", "6x8", "6 × 8", "(6, 8)".
std::optional<NumberPair> parse_pair(std::string_view text);

}  // namespace convscope::ui
