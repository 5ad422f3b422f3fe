#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/scene/scene.h"

// The values of options, from the text in which they were given. All throw UsageError with the
// option's name, the text and what would be accepted. That numbers are in range the engine checks.
namespace convscope {

// "3".
Index parse_count(const std::string& option, const std::string& text, Index least, Index most);
std::uint64_t parse_seed(const std::string& option, const std::string& text);
// "2" for both axes, or "2,1": y, x.
Yx parse_pair(const std::string& option, const std::string& text);
// A number that is positive and finite, also as float32.
double parse_rate(const std::string& option, const std::string& text);

// "1" for all sides, "1,2" for y and x, "1,2,3,4" for top, left, bottom, right, "same" or "valid".
struct PaddingValue {
  PaddingChoice choice = PaddingChoice::kExplicit;
  Padding padding;
};
PaddingValue parse_padding(const std::string& option, const std::string& text);
PaddingMode parse_padding_mode(const std::string& option, const std::string& text);

// An option's help with its default behind it: "step of the kernel [1]".
inline std::string with_default(const std::string& help, const std::string& value) {
  return help + " [" + value + "]";
}

// Numbers as they are printed, for people and for scripts: "0.0333333", "-1", "nan".
std::string number(double value);

}  // namespace convscope
