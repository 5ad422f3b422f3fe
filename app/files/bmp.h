#pragma once

#include "app/files/picture_header.h"
#include "app/files/raster.h"

// Windows bitmaps: 1, 4 and 8 bits with a palette, raw or run-length encoded (RLE4, RLE8), 16 and
// 32 bits with or without masks, 24 bits; rows from the bottom or from the top. Alpha counts where
// a mask names it and not all of it is 0.
namespace convscope {

PictureHeader read_bmp_header(ByteReader& file);
Raster read_bmp(ByteReader& file);

}  // namespace convscope
