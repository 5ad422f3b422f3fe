#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "app/files/names.h"
#include "engine/core/tensor.h"

// Interpret the numbers of a scene file, however they are written.
namespace convscope::files {

// Returns a whole number; 6.0 and 6e0 are 6. Returns nullopt for anything else, and for a number
// with a point or exponent beyond 2^53, where such a text may stand for several whole numbers.
std::optional<Index> whole_number(const nlohmann::ordered_json& json);
// Returns an unsigned 64-bit whole number in the same way.
std::optional<std::uint64_t> whole_seed(const nlohmann::ordered_json& json);

// Returns a problem of a number that its text doesn't show, such as ", which float32 has only as
// 0"; empty if there is none.
std::string hidden_problem(const nlohmann::ordered_json& json);

}  // namespace convscope::files
