#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "app/lesson/names.h"
#include "engine/core/tensor.h"

// The values that stand in a lesson's text: as the scene gives them.
namespace convscope::lesson {

enum class ValueKind {
  kNumber,   // one number, which may be rounded
  kCount,    // one whole number
  kShape,    // the sizes of a tensor, [N, C, H, W]
  kTuple,    // an option of several sides: one number where all are the same
  kNumbers,  // the values of a tensor, row after row
  kText,
};

// What a word of the vocabulary stands for at this moment.
struct Value {
  ValueKind kind = ValueKind::kNumber;
  std::vector<double> numbers;
  std::size_t columns = 0;  // of kNumbers: the values of a row; 0 for a single row
  std::string text;         // of kText
  std::string missing;      // why there is no value, as the rest of a sentence; else empty
};

Value number_value(double number);
Value count_value(Index count);
Value shape_value(const Shape& shape);
Value tuple_value(std::vector<double> sides);
Value text_value(std::string text);
Value no_value(std::string why);

// Writes a value as the window does: "1.668", "258 048", "6 × 7", "(2, 1)", "[[19, 25], [37, 43]]".
// "—" stands for a missing one.
std::string value_text(const Value& value);

// Does the same with numbers written by `number`, which gets the place of each.
using NumberText = std::function<std::string(std::size_t)>;
std::string value_text(const Value& value, const NumberText& number);

}  // namespace convscope::lesson
