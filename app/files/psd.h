#pragma once

#include "app/files/picture_header.h"
#include "app/files/raster.h"

// Photoshop's files: the composed picture, grey or RGB, 8 or 16 bits, raw or run-length encoded. It
// is kept on white; what is wholly transparent has alpha 0.
namespace convscope {

PictureHeader read_psd_header(ByteReader& file);
Raster read_psd(ByteReader& file);

}  // namespace convscope
