#pragma once

#include <string>
#include <string_view>

#include "app/files/names.h"

namespace convscope::files {

// A word that was read as a number.
struct NumberWord {
  float value = 0.0f;
  bool rounded = false;   // whether it is a whole number that float32 can't hold
  std::string problem{};  // why it is not a number; empty if it is one
};

// Parses a word as float32: with a typographic or ASCII minus, a plus, exponents ("1.2e-3",
// "1.2×10⁻³"), fractions ("1/9"), and nan and infinities as NumPy, R, MATLAB and this program write
// them. With `decimal_comma` a single comma is the decimal point. A problem continues a sentence
// after the word: "is not a number".
NumberWord read_number_word(std::string_view word, bool decimal_comma = false);

// Returns the shortest text that is read back as the same value: "1.5", "-inf".
std::string plain_number(float value);

}  // namespace convscope::files
