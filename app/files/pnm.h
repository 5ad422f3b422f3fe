#pragma once

#include "app/files/names.h"
#include "app/files/picture_header.h"
#include "app/files/raster.h"

// Reads portable any-maps: PBM, PGM and PPM, plain (P1 to P3) and raw (P4 to P6), with every maxval
// from 1 to 65535 and comments wherever the format allows them. Of several pictures in a file it
// reads the first.
namespace convscope::files {

// Returns whether these first bytes are those of a PNM, or of a relative (PAM, PFM) that is refused
// by name.
bool is_pnm(std::span<const std::uint8_t> start);

// Throws as read_picture_header does, and PictureDataError for damaged data.
PictureHeader read_pnm_header(ByteReader& file);
// A sample is its share of the maxval, and black is 0. For maxval 255 and 65535 samples stay as
// coded.
Raster read_pnm(ByteReader& file);

}  // namespace convscope::files
