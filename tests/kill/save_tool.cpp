// save_tool KIND PATH 1|2: saves once. A program of its own, whose system calls can be counted.
#include <cstdlib>
#include <iostream>

#include "engine/core/error.h"
#include "tests/kill/saved_kinds.h"

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  try {
    convscope::session::save_kind(argv[1], argv[2], std::atoi(argv[3]));
    return 0;
  } catch (const convscope::engine::Error& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
}
