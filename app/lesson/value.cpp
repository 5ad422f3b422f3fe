#include "app/lesson/value.h"

#include <algorithm>
#include <utility>

#include "engine/core/number_text.h"
#include "engine/core/plane_text.h"

namespace convscope::lesson {
namespace {

constexpr int kDigits = 4;  // as in the explanation's strip

// Writes numbers between brackets, with a bracket of their own for each row.
std::string rows_text(const std::vector<double>& numbers, std::size_t columns,
                      const NumberText& text) {
  std::string result = columns > 0 ? "[[" : "[";
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (i > 0) result += columns > 0 && i % columns == 0 ? "], [" : ", ";
    result += text(i);
  }
  return result + (columns > 0 ? "]]" : "]");
}

}  // namespace

Value number_value(double number) {
  return {.kind = ValueKind::kNumber, .numbers = {number}, .text = {}, .missing = {}};
}

Value count_value(Index count) {
  return {.kind = ValueKind::kCount,
          .numbers = {static_cast<double>(count)},
          .text = {},
          .missing = {}};
}

Value shape_value(const Shape& shape) {
  Value value{.kind = ValueKind::kShape, .numbers = {}, .text = {}, .missing = {}};
  for (const Index size : {shape.n, shape.c, shape.h, shape.w})
    value.numbers.push_back(static_cast<double>(size));
  return value;
}

// (2, 1, 2, 1) is (2, 1), and (1, 1) is 1.
Value tuple_value(std::vector<double> sides) {
  while (!sides.empty() && sides.size() % 2 == 0) {
    const auto middle = sides.begin() + std::ssize(sides) / 2;
    if (!std::equal(sides.begin(), middle, middle)) break;
    sides.erase(middle, sides.end());
  }
  return {.kind = ValueKind::kTuple, .numbers = std::move(sides), .text = {}, .missing = {}};
}

Value text_value(std::string text) {
  return {.kind = ValueKind::kText, .numbers = {}, .text = std::move(text), .missing = {}};
}

Value no_value(std::string why) {
  return {.kind = ValueKind::kText, .numbers = {}, .text = {}, .missing = std::move(why)};
}

std::string value_text(const Value& value, const NumberText& number) {
  if (!value.missing.empty()) return "—";
  switch (value.kind) {
    case ValueKind::kNumber:
      return number(0);
    case ValueKind::kCount:
      return count_text(static_cast<Index>(value.numbers[0]));
    case ValueKind::kShape: {
      const auto size = [&](std::size_t i) { return static_cast<Index>(value.numbers[i]); };
      return plane_text({size(0), size(1), size(2), size(3)});
    }
    case ValueKind::kTuple: {
      if (value.numbers.size() == 1) return number(0);
      std::string result = rows_text(value.numbers, 0, number);
      result.front() = '(';
      result.back() = ')';
      return result;
    }
    case ValueKind::kNumbers:
      return rows_text(value.numbers, value.columns, number);
    case ValueKind::kText:
      break;
  }
  return value.text;
}

std::string value_text(const Value& value) {
  return value_text(value, [&](std::size_t i) { return whole_text(value.numbers[i], kDigits); });
}

}  // namespace convscope::lesson
