#pragma once

#include <string>
#include <vector>

#include "engine/kernel_info/frequency_response.h"
#include "engine/kernel_info/im2col.h"
#include "engine/kernel_info/kernel_analysis.h"

// Sentences about what a kernel is and does, derived from its numbers.
namespace convscope::engine {

// Returns "symmetric", "antisymmetric" or "neither".
const char* name(Symmetry symmetry);

// Explains sum, symmetry and norms, the most telling first, for the output before the bias is
// added: "Constant areas give 0: only differences between cells remain."
std::vector<std::string> kernel_sentences(const KernelFacts& facts);

// Writes "Rank 1: separable. 7 + 7 = 14 instead of 49 multiplications a cell."
std::string separability_text(const KernelSvd& svd);

// Writes "High frequencies pass best: by 2 at fy 0, fx 0.5. Constant areas do not pass."
std::string frequency_text(const FrequencySummary& summary);

// Writes "row 15 of the 42 × 48 matrix; 2 of its 48 numbers are not 0".
std::string matrix_row_text(const MatrixRow& row);

}  // namespace convscope::engine
