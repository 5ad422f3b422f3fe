#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "app/files/names.h"

// Writes JSON for people. nlohmann-json would put every number of an array on its own line and
// write floats with the digits of a double.
namespace convscope::files {

using Json = nlohmann::ordered_json;  // keys stay in the order in which they were added

// Returns the shortest decimal that is read back as the same float, even by way of a double: "0.1",
// "-0.0", "1e+10". NaN and infinities, which JSON lacks, become the strings "nan", "inf" and
// "-inf", including the quotes.
std::string float_text(float value);

// Returns objects and arrays of arrays with one line for each member, and arrays of plain values on
// one line, with a line feed at the end. Throws Error for a string that is not UTF-8.
std::string json_text(const Json& json);

// Returns a value for a message: cut where it is long; "an object" or "an array" unless it is a
// list of a few plain values.
std::string short_text(const Json& json);

}  // namespace convscope::files
