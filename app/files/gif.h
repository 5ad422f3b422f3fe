#pragma once

#include "app/files/names.h"
#include "app/files/picture_header.h"
#include "app/files/raster.h"

// Reads the first picture of a GIF, interlaced or not. Parts of the screen that it doesn't cover,
// and its transparent colour, have alpha 0.
namespace convscope::files {

PictureHeader read_gif_header(ByteReader& file);
Raster read_gif(ByteReader& file);

}  // namespace convscope::files
