#pragma once

#include "app/files/picture_header.h"
#include "app/files/raster.h"

// JPEG: baseline and progressive, grey or colour, 8 bits a sample.
namespace convscope {

// Steps from marker to marker up to the first scan; the orientation is EXIF's.
PictureHeader read_jpeg_header(ByteReader& file);

// The pixels as they stand, not turned. Throws PictureDataError where the file ends in a scan,
// where a scan's data ends before its picture does, and where a channel has no scan.
Raster read_jpeg(ByteReader& file);

}  // namespace convscope
