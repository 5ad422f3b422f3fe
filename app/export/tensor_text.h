#pragma once

#include <string>

#include "app/export/names.h"
#include "app/export/source.h"
#include "engine/core/tensor.h"

// Tensors and runs as text.
namespace convscope::exports {

// The most rows or columns of a matrix in LaTeX: more don't fit on a page.
inline constexpr Index kMaxLatexCells = 64;

// Returns a plane [1, 1, H, W] as CSV, a line for each row, with commas and the shortest numbers
// that read back as the same float32; "nan", "inf" and "-inf".
std::string csv(const Tensor& plane);

// Returns a plane as a matrix for LaTeX with the package amsmath. Throws Error for more than
// kMaxLatexCells rows or columns.
std::string latex(const Tensor& plane);

// The most rows or columns of a table in Markdown.
inline constexpr Index kMaxMarkdownCells = 64;

// Returns a plane as a table of GitHub's Markdown, with the numbers of rows and columns around it.
// Throws Error for more than kMaxMarkdownCells rows or columns.
std::string markdown(const Tensor& plane);

// Returns a run as CSV: step, loss and distance from the exact solution, then the weights in
// PyTorch's order, "w[o][i][y][x]", and the biases. Cells of what is not known are empty.
std::string run_csv(const Source& source);

}  // namespace convscope::exports
