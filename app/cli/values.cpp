#include "app/cli/values.h"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <string_view>
#include <system_error>

#include "app/cli/usage_error.h"
#include "engine/core/padding.h"

namespace convscope::cli {
namespace {

UsageError wrong(const std::string& option, const std::string& text, const std::string& accepted) {
  return UsageError(option + " is \"" + text + "\"; it must be " + accepted);
}

// Parses the whole of `text`; nullopt if anything else is in it.
template <typename T>
std::optional<T> parse(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// Parses whole numbers separated by commas; returns none if there is anything else.
std::vector<Index> parse_list(std::string_view text) {
  std::vector<Index> values;
  while (true) {
    const std::size_t comma = text.find(',');
    const std::optional<Index> value = parse<Index>(text.substr(0, comma));
    if (!value.has_value()) return {};
    values.push_back(*value);
    if (comma == std::string_view::npos) return values;
    text.remove_prefix(comma + 1);
  }
}

}  // namespace

Index parse_count(const std::string& option, const std::string& text, Index min, Index max) {
  const std::optional<Index> value = parse<Index>(text);
  if (!value.has_value() || *value < min || *value > max)
    throw wrong(option, text,
                "a whole number from " + std::to_string(min) + " to " + std::to_string(max));
  return *value;
}

std::uint64_t parse_seed(const std::string& option, const std::string& text) {
  const std::optional<std::uint64_t> value = parse<std::uint64_t>(text);
  if (!value.has_value()) throw wrong(option, text, "a whole number from 0 to 2^64 - 1");
  return *value;
}

TwoNumbers parse_size(const std::string& option, const std::string& text, int min, int max) {
  TwoNumbers size;
  const char* end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, size.first);
  const bool cross = first.ec == std::errc() && first.ptr != end && *first.ptr == 'x';
  const auto second = cross ? std::from_chars(first.ptr + 1, end, size.second) : first;
  const auto good = [&](int n) { return n >= min && n <= max; };
  if (!cross || second.ec != std::errc() || second.ptr != end || !good(size.first) ||
      !good(size.second)) {
    throw UsageError(option + " is \"" + text + "\"; it must be two numbers from " +
                     std::to_string(min) + " to " + std::to_string(max) +
                     " with an x between them, like 640x480");
  }
  return size;
}

Yx parse_pair(const std::string& option, const std::string& text) {
  const std::vector<Index> values = parse_list(text);
  if (values.size() == 1) return {values[0], values[0]};
  if (values.size() == 2) return {values[0], values[1]};
  throw wrong(option, text, "a whole number, or two for y and x like 2,1");
}

double parse_rate(const std::string& option, const std::string& text) {
  const std::optional<double> value = parse<double>(text);
  const float rounded = value.has_value() && std::isfinite(*value) &&
                                std::abs(*value) <= std::numeric_limits<float>::max()
                            ? static_cast<float>(*value)
                            : 0.0f;
  if (!(rounded > 0.0f))
    throw wrong(option, text,
                "a positive number like 0.03, from 1.4e-45 to 3.4e38 as float32 has them");
  return *value;
}

double parse_real(const std::string& option, const std::string& text, const RealLimits& limits) {
  const std::optional<double> value = parse<double>(text);
  if (!value.has_value() || !(*value >= limits.least && *value <= limits.most))
    throw wrong(option, text,
                "a number from " + number(limits.least) + " to " + number(limits.most));
  return *value;
}

RealPair parse_reals(const std::string& option, const std::string& text, const RealLimits& limits) {
  const double none = std::nan("");
  const std::size_t comma = std::min(text.find(','), text.size());
  const std::string_view all = text;
  const RealPair pair{parse<double>(all.substr(0, comma)).value_or(none),
                      parse<double>(all.substr(std::min(comma + 1, all.size()))).value_or(none)};
  const auto within = [&](double v) { return v >= limits.least && v <= limits.most; };
  if (!within(pair.first) || !within(pair.second))
    throw wrong(option, text,
                "two numbers like 0.9,0.999, each from " + number(limits.least) + " to " +
                    number(limits.most));
  return pair;
}

PaddingValue parse_padding(const std::string& option, const std::string& text) {
  if (text == "same") return {PaddingChoice::kSame, {}};
  if (text == "valid") return {PaddingChoice::kValid, {}};
  const std::vector<Index> v = parse_list(text);
  if (v.size() == 1) return {PaddingChoice::kExplicit, {v[0], v[0], v[0], v[0]}};
  if (v.size() == 2) return {PaddingChoice::kExplicit, {v[0], v[1], v[0], v[1]}};
  if (v.size() == 4) return {PaddingChoice::kExplicit, {v[0], v[1], v[2], v[3]}};
  throw wrong(option, text,
              "a whole number, two for y and x, four for top, left, bottom and right, \"same\" or "
              "\"valid\"");
}

PaddingMode parse_padding_mode(const std::string& option, const std::string& text) {
  for (const PaddingMode mode : {PaddingMode::kZeros, PaddingMode::kReflect,
                                 PaddingMode::kReplicate, PaddingMode::kCircular}) {
    if (text == name(mode)) return mode;
  }
  throw wrong(option, text, "zeros, reflect, replicate or circular");
}

std::string number(double value) {
  std::array<char, 32> buffer;
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                          std::chars_format::general, 7);
  return error == std::errc() ? std::string(buffer.data(), end) : "?";
}

}  // namespace convscope::cli
