// The beginning of every test program: the tests hold to CONVSCOPE_SIMD as the program does.
#include <gmock/gmock.h>

#include <cstdlib>
#include <iostream>
#include <stdexcept>

#include "engine/ops/simd_limit.h"

int main(int argc, char** argv) {
  testing::InitGoogleMock(&argc, argv);
  const char* simd = std::getenv("CONVSCOPE_SIMD");
  try {
    if (simd != nullptr && *simd != '\0') convscope::engine::limit_simd(simd);
  } catch (const std::invalid_argument& error) {
    std::cerr << "CONVSCOPE_SIMD " << error.what() << ".\n";
    return 2;
  }
  return RUN_ALL_TESTS();
}
