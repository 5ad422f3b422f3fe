#pragma once

#include <string>

namespace convscope {

// A value as it is written in a sentence or a cell, with `digits` significant digits at most: "0",
// "−1", "0.03", "1.015", "1.2×10⁵", "NaN", "∞". Never "−0"; a real minus sign; independent of the
// locale.
std::string number_text(double value, int digits = 6);

// With a fixed number of decimals, for columns of numbers that must keep their width: "−0.980".
std::string fixed_text(double value, int decimals);

// The number in raised digits, for an exponent: "⁻¹²".
std::string superscript(int exponent);

// A step count or size with thin grouping: "1 234 567".
std::string count_text(long long value);

}  // namespace convscope
