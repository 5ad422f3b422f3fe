#pragma once

#include "app/files/names.h"
#include "app/files/picture_header.h"
#include "app/files/raster.h"

// Reads Radiance pictures (RGBE), flat or with either of the two run-length encodings. The values
// are linear.
namespace convscope::files {

PictureHeader read_hdr_header(ByteReader& file);
Raster read_hdr(ByteReader& file);

}  // namespace convscope::files
