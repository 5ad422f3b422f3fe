#pragma once

#include "app/files/names.h"
#include "app/files/picture_header.h"
#include "app/files/raster.h"

namespace convscope::files {

inline constexpr const char* kPictureFormats = "PNG, JPEG, BMP, GIF, TGA, PSD, HDR or PNM";

// Reads the pixels after a header that read_picture_header has read. Throws PictureDataError where
// data is missing or invalid. Memory and time are in proportion to the header, and for PNG and JPEG
// not even that is certain, so this should run in a process of its own.
Raster read_raster(ByteReader& file, PictureFormat format);

}  // namespace convscope::files
