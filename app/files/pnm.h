#pragma once

#include "app/files/picture_header.h"
#include "app/files/raster.h"

// Portable any-maps: PBM, PGM and PPM, plain (P1 to P3) and raw (P4 to P6), with every maxval from
// 1 to 65535 and comments wherever the format has them. Of several pictures in one file the first.
namespace convscope {

// Whether these first bytes are those of a PNM or of a relative that is refused by its name.
bool is_pnm(std::span<const std::uint8_t> start);

// Throw as read_picture_header and, for the data, PictureDataError.
PictureHeader read_pnm_header(ByteReader& file);
// A sample is its share of the maxval; black is 0. Maxval 255 and 65535 keep the samples as coded.
Raster read_pnm(ByteReader& file);

}  // namespace convscope
