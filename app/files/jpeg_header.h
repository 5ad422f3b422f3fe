#pragma once

#include "app/files/picture_header.h"

namespace convscope {

// Of a JPEG file. Steps from marker to marker up to the first scan; the orientation is EXIF's.
PictureHeader read_jpeg_header(ByteReader& file);

}  // namespace convscope
