#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

// JSON as a person reads it: nlohmann-json writes every number of an array on a line of its own,
// and floats with the digits of a double.
namespace convscope {

using Json = nlohmann::ordered_json;  // keys stay in the order in which they were added

// The shortest decimal that reads as this float again, even by way of a double: "0.1", "-0.0",
// "1e+10". NaN and infinities, which JSON lacks, become the strings "nan", "inf" and "-inf",
// quotes included.
std::string float_text(float value);

// Objects and arrays of arrays with a line for each member, arrays of plain values on one line; a
// line feed at the end. Throws Error for a string that is not UTF-8.
std::string json_text(const Json& json);

// A value as it is named in a message: cut where it is long, "an object" or "an array" where it is
// not a list of a few plain values.
std::string short_text(const Json& json);

}  // namespace convscope
