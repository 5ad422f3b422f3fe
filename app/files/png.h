#pragma once

#include "app/files/names.h"
#include "app/files/picture_header.h"
#include "app/files/raster.h"

// Reads PNG of every colour type, depth and interlacing. Checksums reveal damaged data.
namespace convscope::files {

PictureHeader read_png_header(ByteReader& file);
Raster read_png(ByteReader& file);

}  // namespace convscope::files
