#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "app/files/byte_reader.h"

namespace convscope {

// GIF's image data: the code size, then blocks of codes of growing width. Exactly `count` values;
// throws PictureDataError where there are fewer, and for codes that can't be. What follows in the
// file is not read.
std::vector<std::uint8_t> read_lzw(ByteReader& file, std::size_t count);

}  // namespace convscope
