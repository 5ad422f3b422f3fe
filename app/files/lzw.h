#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "app/files/byte_reader.h"
#include "app/files/names.h"

namespace convscope::files {

// Decodes GIF's image data: the code size, then blocks of codes of growing width. Returns exactly
// `count` values; anything after them in the file is not read. Throws PictureDataError where there
// are fewer values, and for invalid codes.
std::vector<std::uint8_t> read_lzw(ByteReader& file, std::size_t count);

}  // namespace convscope::files
