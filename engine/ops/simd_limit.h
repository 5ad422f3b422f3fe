#pragma once

#include <string>
#include <string_view>
#include <vector>

// Sets which vector instructions the engine uses; by default the best that the processor has. Fewer
// give the same results up to rounding, more slowly. Useful for comparing machines.
namespace convscope::engine {

// Returns the instruction sets that the processor has and the limit leaves, the best first:
// "avx512", "avx2", "sse4" ...
std::vector<std::string> simd_names();

// Uses at most the instructions `name` from now on. Must be called before anything is computed.
// Throws std::invalid_argument, with the accepted names, where the processor has no such
// instructions.
void limit_simd(std::string_view name);

}  // namespace convscope::engine
