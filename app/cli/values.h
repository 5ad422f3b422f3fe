#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/cli/names.h"
#include "app/scene/scene.h"

// Parse the values of options. All throw UsageError with the option's name, the text and what would
// be accepted. The engine checks that numbers are in range.
namespace convscope::cli {

// Parses a whole number from `min` to `max`.
Index parse_count(const std::string& option, const std::string& text, Index min, Index max);
// Parses a whole number of 64 bits without sign.
std::uint64_t parse_seed(const std::string& option, const std::string& text);
// Parses "2" for both axes, or "2,1" for y and x.
Yx parse_pair(const std::string& option, const std::string& text);
struct TwoNumbers {
  int first = 0, second = 0;
};
// Parses "1280x720", two numbers from `min` to `max`.
TwoNumbers parse_size(const std::string& option, const std::string& text, int min, int max);
// Parses a number from `least` to `most`, or two of them.
struct RealLimits {
  double least = 0.0, most = 0.0;
};
double parse_real(const std::string& option, const std::string& text, const RealLimits& limits);
struct RealPair {
  double first = 0.0, second = 0.0;
};
// Parses "0.9,0.999", two numbers within the limits.
RealPair parse_reals(const std::string& option, const std::string& text, const RealLimits& limits);
// Parses a number that is positive and finite, also as float32.
double parse_rate(const std::string& option, const std::string& text);

// The value of --padding: "1" for all sides, "1,2" for y and x, "1,2,3,4" for top, left, bottom and
// right, "same" or "valid".
struct PaddingValue {
  PaddingChoice choice = PaddingChoice::kExplicit;
  Padding padding;
};
PaddingValue parse_padding(const std::string& option, const std::string& text);
// Parses the name of a padding mode.
PaddingMode parse_padding_mode(const std::string& option, const std::string& text);

// Returns an option's help followed by its default: "step of the kernel [1]".
inline std::string with_default(const std::string& help, const std::string& value) {
  return help + " [" + value + "]";
}

// Writes a number for people and scripts: "0.0333333", "-1", "nan".
std::string number(double value);

}  // namespace convscope::cli
