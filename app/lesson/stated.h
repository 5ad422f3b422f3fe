#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "app/lesson/names.h"
#include "app/lesson/value.h"

// Values as the author of a lesson states them, or as somebody answers.
namespace convscope::lesson {

// A number as it was written.
struct StatedNumber {
  double value = 0.0;
  bool exact = true;        // a whole number without ≈ before it; others are rounded
  double rounding = 0.0;    // half a unit of the last digit
  int decimals = 0;         // digits behind the point
  bool scientific = false;  // written with a power of ten
};

// What an author states, or somebody answers.
struct Stated {
  std::string text;  // as written, without spaces around it
  std::vector<StatedNumber> numbers;
  std::size_t columns = 0;  // the numbers of a row, if they are rows in brackets; else 0
};

// Reads "6 × 7", "[1, 1, 6, 7]", "−0.994", "≈ 300", "1.2×10⁵", "[[19, 25], [37, 43]]" or a word,
// which gives no numbers. A digit's neighbours may be a typographic minus and thin spaces. Throws
// Error for more than kMaxStatedNumbers.
Stated read_stated(std::string_view text);
inline constexpr std::size_t kMaxStatedNumbers = 256;
// Reads a count, whose digits spaces may group, as the window writes it: "258 309 120".
Stated read_stated_count(std::string_view text);

// Returns whether the value is what is stated: each number to the digits that were written, whole
// numbers exactly (for float32's values to its rounding); a shape also without its leading ones;
// a text without regard to case and spaces.
bool agrees(const Value& value, const Stated& stated);

// Returns whether a single number is what is stated, within `tolerance` if it is not negative.
bool number_agrees(double value, const StatedNumber& stated, double tolerance = -1.0);

// Writes the value with the digits that were stated: "1.667570" where value_text writes "1.668".
std::string value_text_like(const Value& value, const Stated& stated);

}  // namespace convscope::lesson
