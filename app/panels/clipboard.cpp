#include "app/panels/clipboard.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

#include "engine/error.h"

namespace convscope {
namespace {

constexpr std::string_view kBetween = " \t,;[]\r";

std::string with_ascii_minus(std::string_view text) {
  constexpr std::string_view kMinus = "−";
  std::string result(text);
  for (std::size_t at = result.find(kMinus); at != std::string::npos; at = result.find(kMinus, at))
    result.replace(at, kMinus.size(), "-");
  std::ranges::replace(result, ']', '\n');  // "[[1, 2], [3, 4]]" on one line
  return result;
}

std::vector<float> parse_row(std::string_view line) {
  std::vector<float> row;
  while (true) {
    const std::size_t begin = line.find_first_not_of(kBetween);
    if (begin == std::string_view::npos) return row;
    line.remove_prefix(begin);
    const std::string_view word = line.substr(0, line.find_first_of(kBetween));
    float value = 0.0f;
    const auto [end, failure] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (failure != std::errc() || end != word.data() + word.size() || !std::isfinite(value)) {
      throw Error("\"" + std::string(word.substr(0, 40)) +
                  "\" is not a finite number; rows of numbers are accepted");
    }
    row.push_back(value);
    line.remove_prefix(word.size());
  }
}

}  // namespace

std::string rows_text(const Tensor& tensor, Index n, Index channel) {
  const Shape& s = tensor.shape();
  std::string text;
  std::array<char, 32> digits{};
  for (Index y = 0; y < s.h; ++y) {
    for (Index x = 0; x < s.w; ++x) {
      const auto end =
          std::to_chars(digits.data(), digits.data() + digits.size(), tensor.at(n, channel, y, x));
      if (x > 0) text += '\t';
      text.append(digits.data(), end.ptr);
    }
    text += '\n';
  }
  return text;
}

Tensor parse_rows(std::string_view text, Index most) {
  const std::string ascii = with_ascii_minus(text);
  std::vector<float> values;
  Index rows = 0;
  std::size_t columns = 0;
  std::string_view rest = ascii;
  while (!rest.empty()) {
    const std::size_t length = std::min(rest.find('\n'), rest.size());
    const std::vector<float> row = parse_row(rest.substr(0, length));
    rest.remove_prefix(std::min(length + 1, rest.size()));
    if (row.empty()) continue;
    if (rows > 0 && row.size() != columns) {
      throw Error("row " + std::to_string(rows + 1) + " has " + std::to_string(row.size()) +
                  " numbers and the first has " + std::to_string(columns) +
                  "; all rows must be equally long");
    }
    columns = row.size();
    ++rows;
    if (rows > most || static_cast<Index>(columns) > most) {
      throw Error("there are more than " + std::to_string(most) + " rows or columns; at most " +
                  std::to_string(most) + " of each are accepted");
    }
    values.insert(values.end(), row.begin(), row.end());
  }
  if (rows == 0) throw Error("there are no numbers in it; rows of numbers are accepted");
  return Tensor(Shape{1, 1, rows, static_cast<Index>(columns)}, values);
}

}  // namespace convscope
