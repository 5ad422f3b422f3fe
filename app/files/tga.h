#pragma once

#include "app/files/picture_header.h"
#include "app/files/raster.h"

// Targa pictures: grey, RGB with 15 to 32 bits and colour-mapped, raw or run-length encoded, from
// each of the four corners. Alpha counts where the header gives it bits and not all of it is 0.
namespace convscope {

// A Targa file has no mark of its own: whether its header makes sense as one.
bool is_tga(ByteReader& file);

PictureHeader read_tga_header(ByteReader& file);
Raster read_tga(ByteReader& file);

}  // namespace convscope
