#pragma once

#include "app/files/picture_header.h"
#include "app/files/raster.h"

namespace convscope {

inline constexpr const char* kPictureFormats = "PNG, JPEG, BMP, GIF, TGA, PSD, HDR or PNM";

// The pixels behind a header that read_picture_header has read. Throws PictureDataError where they
// are not all there, or are not as the format has them. Input can only be trusted to take memory
// and time in proportion to its header, and with PNG and JPEG not even that: for a process of its
// own.
Raster read_raster(ByteReader& file, PictureFormat format);

}  // namespace convscope
