#pragma once

#include "app/files/picture_header.h"
#include "app/files/raster.h"

// PNG: every kind, depth and interlacing. Damaged data is told by its checksum.
namespace convscope {

PictureHeader read_png_header(ByteReader& file);
Raster read_png(ByteReader& file);

}  // namespace convscope
