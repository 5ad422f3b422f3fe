#pragma once

#include "app/files/names.h"
#include "app/files/picture_header.h"
#include "app/files/raster.h"

// Reads the composed picture of Photoshop's files: grey or RGB, 8 or 16 bits, raw or run-length
// encoded. It is stored on white; fully transparent pixels have alpha 0.
namespace convscope::files {

PictureHeader read_psd_header(ByteReader& file);
Raster read_psd(ByteReader& file);

}  // namespace convscope::files
