#pragma once

#include <string>
#include <string_view>

namespace convscope {

struct NumberWord {
  float value = 0.0f;
  bool rounded = false;   // a whole number that float32 can't hold
  std::string problem{};  // what keeps it from being a number; empty where it is one
};

// The float32 that a word means: a real or ASCII minus, a plus, powers ("1.2e-3", "1.2×10⁻³"),
// fractions ("1/9"), nan and infinities as NumPy, R, MATLAB and this program write them. With
// `decimal_comma` a single comma stands for the point. A problem goes on behind the word: "is not a
// number".
NumberWord read_number_word(std::string_view word, bool decimal_comma = false);

// The shortest text that is read as this value again: "1.5", "-inf".
std::string plain_number(float value);

}  // namespace convscope
