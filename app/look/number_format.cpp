#include "app/look/number_format.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "engine/core/number_text.h"

namespace convscope::look {
namespace {

// Returns the decimals, at most `limit`, of the shortest text that reads back as `value`.
int decimals_of(float value, int limit) {
  std::array<char, 64> buffer;
  const auto [end, error] =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed);
  const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  const std::size_t point = text.find('.');
  if (error != std::errc() || point == std::string_view::npos) return 0;
  return std::min(limit, static_cast<int>(text.size() - point - 1));
}

constexpr int kMaxAutomatic = 3;  // most decimals in cells

int exponent_of(float value) {
  return value == 0.0f ? 0 : static_cast<int>(std::floor(std::log10(std::abs(value))));
}

// Writes "−9.8×10⁻⁵".
std::string scientific_text(float value, int decimals) {
  std::array<char, 64> buffer;
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(),
                                          std::abs(value), std::chars_format::scientific, decimals);
  if (error != std::errc()) return number_text(value);
  const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  const std::size_t e = text.find('e');
  int exponent = 0;
  std::from_chars(text.data() + e + (text[e + 1] == '+' ? 2 : 1), end, exponent);
  return (value < 0.0f ? "−" : "") + std::string(text.substr(0, e)) + "×" +
         power_of_ten_text(exponent);
}

// Three decimals of 0.0004 would say nothing, and a million's digits don't fit into a cell.
bool needs_exponents(float largest) {
  return largest > 0.0f && (largest < 0.01f || largest >= 1e6f);
}

bool fits_all(std::span<const float> values, const CellFormat& format, float width,
              const TextWidth& measure) {
  return std::ranges::all_of(values, [&](float value) {
    return !std::isfinite(value) || measure(cell_text(value, format)) <= width;
  });
}

// With equally many decimals, the widths of scientific texts differ only by sign and exponent.
// Within each such group the largest value may be rounded up to the next exponent, which may be
// longer or shorter, so that value is a sample.
std::vector<float> scientific_samples(std::span<const float> values) {
  constexpr int kMaxExponent = 46;
  std::vector<float> samples(4 * (2 * kMaxExponent + 1));
  for (const float value : values) {
    if (!std::isfinite(value) || value == 0.0f) continue;
    const int exponent = std::clamp(exponent_of(value), -kMaxExponent, kMaxExponent);
    const int sample = (exponent + kMaxExponent) * 4 + 2 * (value < 0.0f);
    const auto index = static_cast<std::size_t>(sample);
    float& largest = samples[index];
    float& smallest = samples[index + 1];
    if (std::abs(value) > std::abs(largest)) largest = value;
    if (smallest == 0.0f || std::abs(value) < std::abs(smallest)) smallest = value;
  }
  std::erase(samples, 0.0f);
  return samples;
}

}  // namespace

std::string fit_number(double value, float width, const TextWidth& measure, int digits) {
  for (int d = digits; d >= 1; --d) {
    std::string text = number_text(value, d);
    if (measure(text) <= width) return text;
  }
  return {};
}

std::string exact_text(float value) {
  if (!std::isfinite(value) || value == 0.0f) return number_text(value);
  std::array<char, 64> buffer;
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                          std::chars_format::scientific);
  int digits = 0;  // digits of the mantissa
  for (const char* c = buffer.data(); error == std::errc() && c != end && *c != 'e'; ++c)
    digits += *c >= '0' && *c <= '9';
  return number_text(value, std::max(digits, 1));
}

std::string value_text(float value, const NumberStyle& style) {
  switch (style.mode) {
    case NumberMode::kFixed:
      return cell_text(value, {style.decimals, false, true});
    case NumberMode::kScientific:
      return cell_text(value, {style.decimals, true, true});
    case NumberMode::kAutomatic:
      break;
  }
  return exact_text(value);
}

std::vector<float> width_samples(std::span<const float> values, const NumberStyle& style) {
  if (style.mode == NumberMode::kScientific) return scientific_samples(values);
  const int max_decimals = style.mode == NumberMode::kFixed ? style.decimals : kMaxAutomatic;
  float largest = 0.0f;
  for (const float value : values) {
    if (std::isfinite(value)) largest = std::max(largest, std::abs(value));
  }
  if (style.mode == NumberMode::kAutomatic && needs_exponents(largest)) {
    return {values.begin(), values.end()};
  }
  // All digits are equally wide, so numbers with equally many digits before and after the point are
  // too. Only the largest may be rounded up to one digit more.
  constexpr std::size_t kMaxDigits = 8;
  std::vector<float> samples(2 * kMaxDigits * (static_cast<std::size_t>(max_decimals) + 1));
  float least = 0.0f;  // but not zero
  for (const float value : values) {
    if (!std::isfinite(value)) continue;
    std::size_t digits = 0;
    for (float power = 10.0f; std::abs(value) >= power && digits + 1 < kMaxDigits; power *= 10.0f)
      ++digits;
    const auto decimals = static_cast<std::size_t>(decimals_of(value, max_decimals));
    float& sample = samples[(decimals * kMaxDigits + digits) * 2 + (value < 0.0f ? 1 : 0)];
    if (std::abs(value) > std::abs(sample)) sample = value;
    const bool smaller = value != 0.0f && (least == 0.0f || std::abs(value) < std::abs(least));
    if (smaller) least = value;
  }
  // Groups without a value have no sample, and 0 is one only where it is a value.
  std::erase(samples, 0.0f);
  if (std::ranges::find(values, 0.0f) != values.end()) samples.push_back(0.0f);
  if (least != 0.0f) samples.push_back(least);  // may become "≈0", which is wider than a digit
  return samples;
}

CellFormat choose_cell_format(std::span<const float> values, float width, const TextWidth& measure,
                              const NumberStyle& style) {
  CellFormat format{style.decimals, style.mode == NumberMode::kScientific, true};
  if (style.mode == NumberMode::kAutomatic) {
    float largest = 0.0f;
    format = {};
    for (const float value : values) {
      if (!std::isfinite(value)) continue;
      largest = std::max(largest, std::abs(value));
      format.decimals = std::max(format.decimals, decimals_of(value, kMaxAutomatic));
    }
    if (needs_exponents(largest)) format = {2, true, false};
  }
  for (; format.decimals > 0; --format.decimals) {
    if (fits_all(values, format, width, measure)) break;
  }
  return format;
}

int distinguishing_decimals(std::span<const float> values) {
  float largest = 0.0f;
  int most = 0;
  for (const float value : values) {
    if (!std::isfinite(value)) continue;
    largest = std::max(largest, std::abs(value));
    most = std::max(most, decimals_of(value, kMaxAutomatic));
  }
  if (largest >= 100.0f) return 0;
  return std::min(most, largest < 1.0f ? 1 - exponent_of(largest) : 1);
}

std::string cell_text(float value, const CellFormat& format) {
  if (!std::isfinite(value)) return number_text(value);
  if (format.strict && !format.scientific) return fixed_text(value, format.decimals);
  if (value == 0.0f) return number_text(value);
  if (format.strict) return scientific_text(value, format.decimals);
  const float size = std::abs(value);
  if (format.scientific && (size < 0.1f || size >= 1e4f)) {
    return scientific_text(value, format.decimals);
  }
  if (format.scientific) return number_text(value, format.decimals + 1);
  return fixed_text(value, std::min(format.decimals, decimals_of(value, format.decimals)));
}

std::string power_of_ten_text(int exponent) {
  return "10" + superscript(exponent);
}

}  // namespace convscope::look
