#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "engine/core/tensor.h"

// What the numbers of a scene file mean, however they are written.
namespace convscope {

// A whole number; 6.0 and 6e0 are 6. Empty for anything else, and for one with a point or a power
// beyond 2^53, from where on such a text may stand for several whole numbers.
std::optional<Index> whole_number(const nlohmann::ordered_json& json);
// The same of 64 bits without a sign.
std::optional<std::uint64_t> whole_seed(const nlohmann::ordered_json& json);

// What is not seen of the number in a message, ", which float32 has only as 0", or nothing.
std::string hidden_problem(const nlohmann::ordered_json& json);

}  // namespace convscope
