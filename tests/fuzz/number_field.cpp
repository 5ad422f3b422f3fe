#include <cmath>
#include <optional>
#include <string>

#include "app/look/number_format.h"
#include "app/ui/number_input.h"
#include "tests/fuzz/target.h"

// What is typed into a number field: it is a finite number or none, and the number as it is then
// shown reads as the same.
namespace convscope::ui {
namespace {

float width_of(std::string_view text) {
  return static_cast<float>(text.size());
}

// Nothing but zero is written as 0.
bool is_number(const std::string& text, float value) {
  return parse_number(text).has_value() || (text == "≈0" && value != 0.0f);
}

void show(float value) {
  const std::string exact = exact_text(value);
  const std::optional<double> again = parse_number(exact);
  fuzz::require(again && static_cast<float>(*again) == value, "the exact text reads as the number");
  const std::string short_one = fit_number(static_cast<double>(value), 6.0f, width_of);
  fuzz::require(short_one.size() <= 6, "a number that must fit does");
  for (const NumberMode mode :
       {NumberMode::kAutomatic, NumberMode::kFixed, NumberMode::kScientific}) {
    for (int decimals = 0; decimals <= kMaxDecimals; ++decimals) {
      const NumberStyle style{mode, decimals};
      const CellFormat format = choose_cell_format({&value, 1}, 12.0f, width_of, style);
      fuzz::require(is_number(cell_text(value, format), value), "a cell shows a number");
      fuzz::require(is_number(value_text(value, style), value), "a tooltip shows a number");
    }
  }
}

}  // namespace
}  // namespace convscope::ui

namespace convscope::fuzz {

void prepare() {}

void fuzz_one(std::string_view input) {
  const std::optional<double> number = ui::parse_number(input);
  if (!number) return;
  require(std::isfinite(*number), "a number is finite");
  const auto value = static_cast<float>(ui::limited(*number, {}));
  ui::show(value);
}

}  // namespace convscope::fuzz
