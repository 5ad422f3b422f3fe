#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "app/files/names.h"
#include "engine/core/tensor.h"

namespace convscope::files {

// The pixels of a file as coded: rows from the top, the samples of a pixel one after the other.
// Samples of 8 and 16 bits stand for 0 to 1; floats are the values themselves.
struct Raster {
  using Samples =
      std::variant<std::vector<std::uint8_t>, std::vector<std::uint16_t>, std::vector<float>>;

  Yx size;
  int channels = 1;  // 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha
  Samples samples;
};

}  // namespace convscope::files
