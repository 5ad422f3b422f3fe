#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/export/names.h"
#include "engine/core/padding.h"
#include "engine/core/tensor.h"

// Numbers, tuples and nested lists as Python reads them.
namespace convscope::exports::python {

// Which numbers a literal has: the shortest that read back as the same float32, or as the same
// double, for readers that have no float32.
enum class Precision { kFloat32, kDouble };

// Returns a number that Python takes for a float: "1.0", "-0.5", "1e-05"; "nan" and "inf" are names
// that the snippet must define.
std::string number(double value, Precision precision = Precision::kDouble);
// Returns "3" for (3, 3) and "(3, 2)" else, as PyTorch takes both.
std::string pair(Yx value);
// Returns "(3, 2)".
std::string tuple(Yx value);

// Returns a tensor as nested lists, [N, C, H, W] or only the plane [H, W] of a single one. Rows
// stand below each other, as NumPy prints them, where the first begins at `column`.
std::string list(const Tensor& tensor, bool plane, std::size_t column,
                 Precision precision = Precision::kFloat32);
// Returns values as one list.
std::string list(std::span<const float> values, std::size_t column,
                 Precision precision = Precision::kFloat32);

// Returns the arguments of a call: "a, b, c", without the empty ones.
std::string arguments(const std::vector<std::string>& given);

// Returns the slices that take so many cells off the four sides: "[:, :, 1:-1, 2:]", or only the
// last two for a plane.
std::string cropped(const Padding& padding, bool plane);

// Returns a sentence as a comment of as many lines as it takes.
std::string comment(const std::string& sentence);

// Returns whole lines, each indented by one step more.
std::string indented(const std::string& lines);

// Returns whether all values are finite.
bool finite(std::span<const float> values);

}  // namespace convscope::exports::python
