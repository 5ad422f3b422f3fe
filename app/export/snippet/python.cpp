#include "app/export/snippet/python.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace convscope::exports::python {
namespace {

constexpr std::size_t kWidth = 99;  // of a line, in characters

template <typename Number>
std::string shortest(Number value) {
  std::array<char, 64> buffer;
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return error == std::errc() ? std::string(buffer.data(), end) : "nan";
}

// Writes "[a, b, ...]" from `column` on, with a new line wherever one is full.
std::string row(std::span<const float> values, std::size_t column, Precision precision) {
  std::string text = "[";
  std::size_t at = column + 1;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::string value = number(static_cast<double>(values[i]), precision);
    if (i > 0) {
      const bool full = at + value.size() + 2 >= kWidth;
      text += full ? ",\n" + std::string(column + 1, ' ') : ", ";
      at = full ? column + 1 : at + 2;
    }
    text += value;
    at += value.size();
  }
  return text + "]";
}

std::string lines_of(const std::vector<std::string>& parts, std::size_t column) {
  std::string text = "[";
  for (std::size_t i = 0; i < parts.size(); ++i)
    text += (i == 0 ? "" : ",\n" + std::string(column + 1, ' ')) + parts[i];
  return text + "]";
}

std::string plane_list(std::span<const float> plane, Index width, std::size_t column,
                       Precision precision) {
  std::vector<std::string> rows;
  const auto step = static_cast<std::size_t>(width);
  for (std::size_t at = 0; at < plane.size(); at += step)
    rows.push_back(row(plane.subspan(at, step), column + 1, precision));
  return lines_of(rows, column);
}

// Puts lists of few values on one line.
std::string joined(const std::string& text, const Shape& shape, std::size_t column) {
  if (shape.h > 1 && shape.h * shape.w > 4) return text;
  std::string line;
  bool after_break = false;
  for (const char c : text) {
    if (c == '\n') {
      line += ' ';
      after_break = true;
    } else if (!after_break || c != ' ') {
      line += c;
      after_break = false;
    }
  }
  return column + line.size() < kWidth - 8 ? line : text;
}

}  // namespace

std::string number(double value, Precision precision) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  std::string text =
      precision == Precision::kFloat32 ? shortest(static_cast<float>(value)) : shortest(value);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

std::string tuple(Yx value) {
  return "(" + std::to_string(value.y) + ", " + std::to_string(value.x) + ")";
}

std::string pair(Yx value) {
  return value.y == value.x ? std::to_string(value.y) : tuple(value);
}

std::string list(const Tensor& tensor, bool plane, std::size_t column, Precision precision) {
  const Shape& s = tensor.shape();
  if (plane) return joined(plane_list(tensor.values(), s.w, column, precision), s, column);
  std::vector<std::string> pictures;
  for (Index n = 0; n < s.n; ++n) {
    std::vector<std::string> planes;
    for (Index c = 0; c < s.c; ++c)
      planes.push_back(plane_list(tensor.plane(n, c), s.w, column + 2, precision));
    pictures.push_back(lines_of(planes, column + 1));
  }
  return joined(lines_of(pictures, column), s, column);
}

std::string list(std::span<const float> values, std::size_t column, Precision precision) {
  return row(values, column, precision);
}

std::string arguments(const std::vector<std::string>& given) {
  std::string text;
  for (const std::string& argument : given) {
    if (!argument.empty()) text += (text.empty() ? "" : ", ") + argument;
  }
  return text;
}

std::string comment(const std::string& sentence) {
  std::string text = "#";
  std::size_t column = 1;
  for (std::size_t at = 0; at < sentence.size();) {
    const std::size_t end = std::min(sentence.find(' ', at), sentence.size());
    const std::string word = sentence.substr(at, end - at);
    if (column + 1 + word.size() > kWidth) {
      text += "\n#";
      column = 1;
    }
    text += " " + word;
    column += 1 + word.size();
    at = end + 1;
  }
  return text + "\n";
}

std::string indented(const std::string& text) {
  std::string result;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = text.find('\n', at);
    result += "    " + text.substr(at, end - at) + "\n";
    at = end + 1;
  }
  return result;
}

std::string cropped(const Padding& p, bool plane) {
  const auto slice = [](Index before, Index after) {
    return (before > 0 ? std::to_string(before) : "") + ":" +
           (after > 0 ? "-" + std::to_string(after) : "");
  };
  return std::string("[") + (plane ? "" : ":, :, ") + slice(p.top, p.bottom) + ", " +
         slice(p.left, p.right) + "]";
}

bool finite(std::span<const float> values) {
  return std::ranges::all_of(values, [](float v) { return std::isfinite(v); });
}

}  // namespace convscope::exports::python
