#pragma once

#include <string>

namespace convscope::engine {

// Writes a value for a sentence or a cell, with at most `digits` significant digits: "0", "−1",
// "0.03", "1.015", "1.2×10⁵", "NaN", "∞". Uses a true minus sign (U+2212), never writes "−0", and
// does not depend on the locale.
std::string number_text(double value, int digits = 6);

// The same, but whole numbers below a billion with all their digits: 16777216 and 16777218 differ.
std::string whole_text(double value, int digits = 6);

// Writes a value with a fixed number of decimals, for columns of equal width: "−0.980". Only zero
// is written as "0.000"; what the decimals would round to it is "≈0".
std::string fixed_text(double value, int decimals);

// Writes an exponent in superscript digits: "⁻¹²".
std::string superscript(int exponent);

// Writes a step count or size with thin spaces between groups of three digits: "1 234 567".
std::string count_text(long long value);

}  // namespace convscope::engine
