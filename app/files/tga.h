#pragma once

#include "app/files/names.h"
#include "app/files/picture_header.h"
#include "app/files/raster.h"

// Reads Targa pictures: grey, RGB with 15 to 32 bits and colour-mapped, raw or run-length encoded,
// starting from any corner. Alpha is used where the header gives it bits and it is not 0
// everywhere.
namespace convscope::files {

// Returns whether the header is plausible: a Targa file has no signature.
bool is_tga(ByteReader& file);

PictureHeader read_tga_header(ByteReader& file);
Raster read_tga(ByteReader& file);

}  // namespace convscope::files
