#pragma once

#include <cstdio>
#include <cstdlib>
#include <string_view>

// The rooms whose names the targets use as their own.
namespace convscope::cli {}
namespace convscope::engine {}
namespace convscope::files {}
namespace convscope::program {}
namespace convscope::scene {}
namespace convscope::session {}

// Included by every fuzz target. A target defines prepare() and fuzz_one(). libfuzzer.cpp calls
// them with generated inputs, and replay.cpp with those of the corpus.
namespace convscope::fuzz {

using namespace cli;
using namespace engine;
using namespace files;
using namespace program;
using namespace scene;
using namespace session;

// Called once, before the first input.
void prepare();

// Tries one input of any bytes, independently of previous ones. It must return: it catches the
// errors that the code is meant to throw.
void fuzz_one(std::string_view input);

// Aborts if a result is wrong in a way that no sanitizer notices.
inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "This does not hold: %s\n", what);
  std::abort();
}

}  // namespace convscope::fuzz
