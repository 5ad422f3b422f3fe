#pragma once

#include <cstdint>
#include <vector>

#include "app/files/byte_reader.h"
#include "app/files/names.h"
#include "engine/core/tensor.h"

namespace convscope::files {

// Decodes the run-length encoded data of a BMP (RLE8, or RLE4 with two pixels a byte). Returns one
// palette index a pixel, rows in the order of the file. Throws PictureDataError (kDamaged) where
// the data skips pixels, whose value the format leaves undefined.
std::vector<std::uint8_t> read_bmp_runs(ByteReader& file, Yx size, bool four_bits);

}  // namespace convscope::files
