#pragma once

#include "app/files/names.h"
#include "app/files/picture_header.h"
#include "app/files/raster.h"

// Reads Windows bitmaps: 1, 4 and 8 bits with a palette, raw or run-length encoded (RLE4, RLE8), 16
// and 32 bits with or without masks, and 24 bits, with rows bottom-up or top-down. Alpha is used
// where a mask defines it and it is not 0 everywhere. Both functions throw as read_picture_header
// and read_raster do.
namespace convscope::files {

PictureHeader read_bmp_header(ByteReader& file);
Raster read_bmp(ByteReader& file);

}  // namespace convscope::files
