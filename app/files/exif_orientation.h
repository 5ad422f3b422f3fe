#pragma once

#include <cstdint>
#include <span>

#include "app/files/names.h"

namespace convscope::files {

// Returns EXIF's orientation, 1 to 8, from a JPEG's APP1 segment: "Exif", two zeros, and a TIFF's
// header and first directory. Returns 1 (upright) if the segment has no valid orientation.
int exif_orientation(std::span<const std::uint8_t> segment);

}  // namespace convscope::files
