#pragma once

#include <string>
#include <string_view>
#include <vector>

// Which vector instructions the engine computes with: without a limit the most that the processor
// has. Fewer give the same results but for rounding, more slowly: for comparing machines.
namespace convscope {

// What this processor has and the limit leaves, the most first: "avx512", "avx2", "sse4" ...
std::vector<std::string> simd_names();

// Computes with `name` or less from now on; for the start of a program, before anything is
// computed. Throws std::invalid_argument, with what it must be, where the processor has no such
// instructions.
void limit_simd(std::string_view name);

}  // namespace convscope
