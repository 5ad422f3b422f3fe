#pragma once

#include <string>

#include "tests/gl/cpu_heatmap.h"

// Stored pictures of what the window draws.
namespace convscope::testing {

struct Picture {
  Pixels pixels;
  int width = 0, height = 0;
};

// Returns whether CONVSCOPE_WRITE_GOLDEN asks that pictures are written, not compared.
bool writes_golden();

// Read and write the picture tests/gl/golden/`name`.png.
Picture stored_picture(const std::string& name);
void store_picture(const Picture& picture, const std::string& name);

// Returns the picture with the mean of each square of `side` x `side` pixels as one pixel. What is
// left of a square at the right and the bottom is left out.
Picture reduced(const Picture& picture, int side);

}  // namespace convscope::testing
