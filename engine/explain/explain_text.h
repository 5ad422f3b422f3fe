#pragma once

#include <string>

#include "engine/explain/explain_sum.h"

// Write the arithmetic of one number as a line of text, with the numbers put in.
namespace convscope::engine {

// Writes "1·1 + 1·(−1) + 0.5 = 0.5": input · weight row by row of the kernel, then the bias if it
// is not 0. If there are more than `max_terms` terms, writes the largest products first and then
// the sum of the others: "4·2 + 3·1 + 0.25 (the other 7 terms) = 11.25". Terms that are 0 are only
// counted then: "4·2 + 960 terms that are 0 = 8".
std::string sum_formula(const CellSum& sum, std::size_t max_terms = 9, int digits = 4);

// Writes "max(1, 5, 4, 3) = 5" or "(1 + 5 + 4 + 3)/4 = 3.25". More than `max_terms` cells end in
// "…". A window without cells reads "max() = −∞" or "0".
std::string pooled_formula(const PooledSum& sum, std::size_t max_terms = 9, int digits = 4);

// Writes the number of parameters of a convolution: "7·3·5·5 + 7 = 532", without a bias "7·3·5·5 =
// 525".
std::string parameter_formula(const Shape& weight, Index biases);

}  // namespace convscope::engine
