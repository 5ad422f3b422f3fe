#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Numbers that must fit where they are shown. The text of one number is engine/number_text.h's.
namespace convscope::ui {

// The width of a text in pixels, or in any other unit.
using TextWidth = std::function<float(std::string_view)>;

// The text of `value` with the most significant digits, up to `digits`, that is no wider than
// `width`; empty where not even one digit fits.
std::string fit_number(double value, float width, const TextWidth& measure, int digits = 4);

// With as many digits as it takes to tell `value` from every other float: "0.1", "−0.97998".
std::string exact_text(float value);

// How a user wants values written.
enum class NumberMode { kAutomatic, kFixed, kScientific };
struct NumberStyle {
  NumberMode mode = NumberMode::kAutomatic;
  int decimals = 2;  // of kFixed and kScientific
  friend bool operator==(const NumberStyle&, const NumberStyle&) = default;
};
inline constexpr int kMostDecimals = 6;

// A value where there is room for it: exact_text, or with all the decimals that the style asks for.
std::string value_text(float value, const NumberStyle& style);

// How the cells of one plane are written, so that their numbers align and keep their width while
// they change: with up to `decimals` decimals, all of them only where the value has more.
struct CellFormat {
  int decimals = 0;
  bool scientific = false;  // where a value is far from 1
  bool strict = false;  // all decimals, and powers of ten for all values, where they are asked for
  friend bool operator==(const CellFormat&, const CellFormat&) = default;
};

// A few of the values, among which are those that are widest in any format: all numbers of a plane
// cost too much to measure in every frame.
std::vector<float> width_samples(std::span<const float> values, const NumberStyle& style = {});

// The format with the most decimals in which no value is wider than `width`: up to three, fewer
// where no value has as many, or up to those of the style. NaN and infinities don't count.
CellFormat choose_cell_format(std::span<const float> values, float width, const TextWidth& measure,
                              const NumberStyle& style = {});

// Decimals without which cells that differ would read alike: those of two digits of the largest
// value below 1 (0.11 needs 2, 0.054 needs 3), one up to 100, none above it and where all values
// are whole.
int telling_decimals(std::span<const float> values);

// "1", "0.5", "−0.980" (of −0.97998): the value itself where it has no more decimals than the
// format, else rounded to all of them. Strict: "1.000", or "1.000×10⁰".
std::string cell_text(float value, const CellFormat& format);

// "10⁻²"
std::string power_of_ten_text(int exponent);

}  // namespace convscope::ui
