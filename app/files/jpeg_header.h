#pragma once

#include "app/files/names.h"
#include "app/files/picture_header.h"

namespace convscope::files {

// Of a JPEG file. Steps from marker to marker up to the first scan; the orientation is EXIF's.
PictureHeader read_jpeg_header(ByteReader& file);

}  // namespace convscope::files
