#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/look/names.h"

// Formats numbers to fit into limited space. engine/core/number_text.h writes a single number.
namespace convscope::look {

// Returns the width of a text in pixels, or in any other unit.
using TextWidth = std::function<float(std::string_view)>;

// Returns `value` with the most significant digits, up to `digits`, that fit into `width`; empty if
// not even one digit fits.
std::string fit_number(double value, float width, const TextWidth& measure, int digits = 4);

// Returns the shortest text that tells `value` from every other float: "0.1", "−0.97998".
std::string exact_text(float value);

// How the user wants values written.
enum class NumberMode { kAutomatic, kFixed, kScientific };
struct NumberStyle {
  NumberMode mode = NumberMode::kAutomatic;
  int decimals = 2;  // for kFixed and kScientific
  friend bool operator==(const NumberStyle&, const NumberStyle&) = default;
};
inline constexpr int kMaxDecimals = 6;

// Writes a value where there is enough room: exact_text, or with all the decimals of the style.
std::string value_text(float value, const NumberStyle& style);

// How the cells of one plane are written, so that their numbers align and keep their width while
// they change: with up to `decimals` decimals, all of them only if the value has more.
struct CellFormat {
  int decimals = 0;
  bool scientific = false;  // for values far from 1
  // Always writes all decimals, and powers of ten if scientific, as the user's style asks.
  bool strict = false;
  friend bool operator==(const CellFormat&, const CellFormat&) = default;
};

// Returns a few of the values that include the widest in any format: measuring all numbers of a
// plane in every frame would take too long.
std::vector<float> width_samples(std::span<const float> values, const NumberStyle& style = {});

// Returns the format with the most decimals in which no value is wider than `width`: up to three,
// fewer if no value has as many, or up to those of the style. NaN and infinities don't count.
CellFormat choose_cell_format(std::span<const float> values, float width, const TextWidth& measure,
                              const NumberStyle& style = {});

// Returns the number of decimals without which different cells would read alike: enough for two
// digits of the largest value below 1 (0.11 needs 2, 0.054 needs 3), one up to 100, none above that
// or if all values are whole numbers.
int distinguishing_decimals(std::span<const float> values);

// Writes "1", "0.5" or "−0.980" (for −0.97998): the value itself if it has no more decimals than
// the format, else rounded to all of them, and "≈0" where that would be 0. Strict: "1.000", or
// "1.000×10⁰".
std::string cell_text(float value, const CellFormat& format);

// Writes "10⁻²".
std::string power_of_ten_text(int exponent);

}  // namespace convscope::look
