#pragma once

#include <cstdint>
#include <span>

namespace convscope {

// How a picture is to be turned, 1 to 8 as EXIF counts, from a JPEG's APP1 segment: "Exif", two
// zeros, and a TIFF's header and first directory. 1, as it stands, where the segment says nothing
// or nothing that can be.
int exif_orientation(std::span<const std::uint8_t> segment);

}  // namespace convscope
