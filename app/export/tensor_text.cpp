#include "app/export/tensor_text.h"

#include <array>
#include <charconv>
#include <cmath>

#include "app/export/plane_block.h"
#include "engine/core/error.h"
#include "engine/core/shape_text.h"

namespace convscope::exports {
namespace {

// The shortest text that reads back as the same number.
template <typename Number>
std::string shortest(Number value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  std::array<char, 64> buffer;
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return error == std::errc() ? std::string(buffer.data(), end) : "nan";
}

std::string latex_number(float value) {
  if (std::isnan(value)) return "\\mathrm{NaN}";
  if (std::isinf(value)) return value > 0 ? "\\infty" : "-\\infty";
  std::string text = shortest(value);
  const std::size_t e = text.find('e');
  if (e == std::string::npos) return text;
  int exponent = 0;
  const char* digits = text.data() + e + (text[e + 1] == '+' ? 2 : 1);
  std::from_chars(digits, text.data() + text.size(), exponent);
  return text.substr(0, e) + " \\times 10^{" + std::to_string(exponent) + "}";
}

std::string weight_name(const Shape& s, std::size_t index) {
  std::string name;
  auto rest = static_cast<Index>(index);
  for (const Index size : {s.w, s.h, s.c, s.n}) {
    name.insert(0, "[" + std::to_string(rest % size) + "]");
    rest /= size;
  }
  return "w" + name;
}

}  // namespace

std::string csv(const Tensor& plane) {
  const Shape& s = plane.shape();
  std::string text;
  for (Index y = 0; y < s.h; ++y) {
    for (Index x = 0; x < s.w; ++x)
      text += (x == 0 ? "" : ",") + shortest(plane.at(y, x));
    text += '\n';
  }
  return text;
}

std::string latex(const Tensor& plane) {
  const Shape& s = plane.shape();
  if (s.h > kMaxLatexCells || s.w > kMaxLatexCells)
    throw Error("a matrix of " + size_text({s.h, s.w}) + " is too large for LaTeX; at most " +
                std::to_string(kMaxLatexCells) + " rows and columns are written: take CSV or .npy");
  std::string text = "% needs \\usepackage{amsmath}\n";
  constexpr Index kUsualColumns = 10;  // that amsmath allows by itself
  if (s.w > kUsualColumns) text += "\\setcounter{MaxMatrixCols}{" + std::to_string(s.w) + "}\n";
  text += "\\begin{bmatrix}\n";
  for (Index y = 0; y < s.h; ++y) {
    for (Index x = 0; x < s.w; ++x)
      text += (x == 0 ? "  " : " & ") + latex_number(plane.at(y, x));
    text += y + 1 < s.h ? " \\\\\n" : "\n";
  }
  return text + "\\end{bmatrix}\n";
}

std::string markdown(const Tensor& plane) {
  const Shape& s = plane.shape();
  if (s.h > kMaxMarkdownCells || s.w > kMaxMarkdownCells)
    throw Error("a table of " + size_text({s.h, s.w}) + " is too large for Markdown; at most " +
                std::to_string(kMaxMarkdownCells) +
                " rows and columns are written: take CSV or .npy");
  std::string text = "| |";
  std::string rule = "|---|";
  for (Index x = 0; x < s.w; ++x) {
    text += " " + std::to_string(x) + " |";
    rule += "---:|";
  }
  text += "\n" + rule + "\n";
  for (Index y = 0; y < s.h; ++y) {
    text += "| **" + std::to_string(y) + "** |";
    for (Index x = 0; x < s.w; ++x)
      text += " " + shortest(plane.at(y, x)) + " |";
    text += '\n';
  }
  return text;
}

std::string run_csv(const Source& source) {
  const TrainingSnapshot& training = require_training(source);
  std::string text = "step,loss,distance";
  const auto weights = static_cast<std::size_t>(training.weight.numel());
  for (std::size_t i = 0; i < weights; ++i)
    text += "," + weight_name(training.weight.shape(), i);
  for (std::size_t i = 0; i < training.bias.size(); ++i)
    text += ",b[" + std::to_string(i) + "]";
  text += '\n';
  for (const RunRow& row : source.run) {
    text += std::to_string(row.step) + "," + shortest(row.loss) + "," +
            (std::isnan(row.distance) ? "" : shortest(row.distance));
    for (std::size_t i = 0; i < weights; ++i)
      text += "," + (row.values ? shortest(row.values->weight.values()[i]) : "");
    for (std::size_t i = 0; i < training.bias.size(); ++i)
      text += "," + (row.values ? shortest(row.values->bias[i]) : "");
    text += '\n';
  }
  return text;
}

}  // namespace convscope::exports
