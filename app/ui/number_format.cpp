#include "app/ui/number_format.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "engine/number_text.h"

namespace convscope::ui {
namespace {

// Decimals of the shortest text that reads back as `value`, at most `limit`.
int decimals_of(float value, int limit) {
  std::array<char, 64> buffer;
  const auto [end, error] =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed);
  const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  const std::size_t point = text.find('.');
  if (error != std::errc() || point == std::string_view::npos) return 0;
  return std::min(limit, static_cast<int>(text.size() - point - 1));
}

// "−9.8×10⁻⁵"
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

// Three decimals of 0.0004 would say nothing, and a million's digits fit nowhere.
bool needs_powers(float largest) {
  return largest > 0.0f && (largest < 0.01f || largest >= 1e6f);
}

bool fits_all(std::span<const float> values, const CellFormat& format, float width,
              const TextWidth& measure) {
  return std::ranges::all_of(values, [&](float value) {
    return !std::isfinite(value) || measure(cell_text(value, format)) <= width;
  });
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
  int digits = 0;  // of the mantissa
  for (const char* c = buffer.data(); error == std::errc() && c != end && *c != 'e'; ++c)
    digits += *c >= '0' && *c <= '9';
  return number_text(value, std::max(digits, 1));
}

std::vector<float> width_samples(std::span<const float> values, int max_decimals) {
  float largest = 0.0f;
  for (const float value : values) {
    if (std::isfinite(value)) largest = std::max(largest, std::abs(value));
  }
  if (needs_powers(largest)) return {values.begin(), values.end()};
  // As digits have one width, numbers with equally many digits before and after the point are
  // equally wide, except that the largest of them may be rounded up to one more.
  constexpr std::size_t kMostDigits = 8;
  std::vector<float> samples(2 * kMostDigits * (static_cast<std::size_t>(max_decimals) + 1));
  for (const float value : values) {
    if (!std::isfinite(value)) continue;
    std::size_t digits = 0;
    for (float power = 10.0f; std::abs(value) >= power && digits + 1 < kMostDigits; power *= 10.0f)
      ++digits;
    const auto decimals = static_cast<std::size_t>(decimals_of(value, max_decimals));
    float& sample = samples[(decimals * kMostDigits + digits) * 2 + (value < 0.0f ? 1 : 0)];
    if (std::abs(value) > std::abs(sample)) sample = value;
  }
  return samples;
}

CellFormat choose_cell_format(std::span<const float> values, float width, const TextWidth& measure,
                              int max_decimals) {
  float largest = 0.0f;
  int decimals = 0;
  for (const float value : values) {
    if (!std::isfinite(value)) continue;
    largest = std::max(largest, std::abs(value));
    decimals = std::max(decimals, decimals_of(value, max_decimals));
  }
  if (needs_powers(largest)) {
    for (int d = std::min(2, max_decimals); d >= 0; --d) {
      const CellFormat format{d, true};
      if (fits_all(values, format, width, measure)) return format;
    }
    return {0, true};
  }
  for (; decimals > 0; --decimals) {
    if (fits_all(values, {decimals, false}, width, measure)) break;
  }
  return {decimals, false};
}

std::string cell_text(float value, const CellFormat& format) {
  if (!std::isfinite(value) || value == 0.0f) return number_text(value);
  const float size = std::abs(value);
  if (format.scientific && (size < 0.1f || size >= 1e4f)) {
    return scientific_text(value, format.decimals);
  }
  if (format.scientific) return number_text(value, format.decimals + 1);
  return fixed_text(value, std::min(format.decimals, decimals_of(value, format.decimals)));
}

std::string power_of_ten_text(int exponent) {
  constexpr std::array<std::string_view, 10> kDigits = {"⁰", "¹", "²", "³", "⁴",
                                                        "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text = exponent < 0 ? "10⁻" : "10";
  for (const char digit : std::to_string(std::abs(exponent))) {
    text += kDigits[static_cast<std::size_t>(digit - '0')];
  }
  return text;
}

}  // namespace convscope::ui
