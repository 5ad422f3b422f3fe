#pragma once

#include <cstdio>
#include <cstdlib>
#include <string_view>

// What every fuzz target includes. A target defines prepare() and fuzz_one(), which libfuzzer.cpp
// calls with inputs that are made up and replay.cpp with those of the corpus.
namespace convscope::fuzz {

// Called once, before the first input.
void prepare();

// Tries one input, of any bytes, as if it were the first. It must return: the errors that the code
// is meant to throw are caught.
void fuzz_one(std::string_view input);

// A fault that no sanitizer sees: a result that is not what it must be.
inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "This does not hold: %s\n", what);
  std::abort();
}

}  // namespace convscope::fuzz
