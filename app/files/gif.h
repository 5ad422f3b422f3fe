#pragma once

#include "app/files/picture_header.h"
#include "app/files/raster.h"

// GIF: the first picture of the file, interlaced or not. What it leaves open of its screen, and its
// transparent colour, have alpha 0.
namespace convscope {

PictureHeader read_gif_header(ByteReader& file);
Raster read_gif(ByteReader& file);

}  // namespace convscope
