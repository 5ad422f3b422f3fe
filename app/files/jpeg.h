#pragma once

#include "app/files/names.h"
#include "app/files/picture_header.h"
#include "app/files/raster.h"

// Reads JPEG: baseline and progressive, grey or colour, 8 bits a sample.
namespace convscope::files {

// Reads the pixels, not yet turned as EXIF says. Throws PictureDataError where the file ends inside
// a scan, where a scan's data ends before its picture does, and where a channel has no scan.
Raster read_jpeg(ByteReader& file);

}  // namespace convscope::files
