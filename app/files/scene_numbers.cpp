#include "app/files/scene_numbers.h"

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

namespace convscope::files {
namespace {

// From here on a double may differ from the number in the text: 2^53 + 1 is read as 2^53.
constexpr double kNotExact = 0x1p53;

bool is_whole(double value) {
  return std::abs(value) < kNotExact && value == std::trunc(value);
}

}  // namespace

std::optional<Index> whole_number(const nlohmann::ordered_json& json) {
  if (json.is_number_unsigned()) {
    const auto value = json.get<std::uint64_t>();
    if (value > static_cast<std::uint64_t>(std::numeric_limits<Index>::max())) return std::nullopt;
    return static_cast<Index>(value);
  }
  if (json.is_number_integer()) return json.get<Index>();
  if (!json.is_number_float() || !is_whole(json.get<double>())) return std::nullopt;
  return static_cast<Index>(json.get<double>());
}

std::optional<std::uint64_t> whole_seed(const nlohmann::ordered_json& json) {
  if (json.is_number_unsigned()) return json.get<std::uint64_t>();
  const std::optional<Index> value = whole_number(json);
  if (!value || *value < 0) return std::nullopt;
  return static_cast<std::uint64_t>(*value);
}

std::string hidden_problem(const nlohmann::ordered_json& json) {
  if (!json.is_number_float()) return "";
  const double value = json.get<double>();
  if (std::abs(value) >= kNotExact && value == std::trunc(value))
    return ", which is written with a point, a power or more than 64 bits, and from 2^53 on that "
           "is not one whole number";
  if (value != 0.0 && static_cast<float>(value) == 0.0f) return ", which float32 has only as 0";
  return "";
}

}  // namespace convscope::files
