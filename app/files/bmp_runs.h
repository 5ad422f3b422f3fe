#pragma once

#include <cstdint>
#include <vector>

#include "app/files/byte_reader.h"
#include "engine/core/tensor.h"

namespace convscope {

// The run-length encoded data of a BMP (RLE8, or RLE4 with two pixels a byte): one palette index a
// pixel, rows as the file has them. Pixels that the data steps over are not defined by the format,
// and refused as damaged.
std::vector<std::uint8_t> read_bmp_runs(ByteReader& file, Yx size, bool four_bits);

}  // namespace convscope
