#pragma once

#include "app/files/byte_reader.h"
#include "engine/core/tensor.h"

namespace convscope {

inline constexpr Index kMaxPictureSize = 8192;  // on each axis

enum class PictureFormat { kPng, kJpeg, kBmp, kGif, kTga, kPsd, kHdr, kPnm };

// What the header of a picture's file promises.
struct PictureHeader {
  PictureFormat format = PictureFormat::kPnm;
  Yx size;  // as the file has its rows and columns, before they are turned
  bool color = false;
  int orientation = 1;        // how to turn them: EXIF's number, 1 to 8
  Index bytes_per_pixel = 0;  // the most memory that decoding takes for each
};

// Of the formats that Convscope reads: PNG, JPEG, BMP, GIF, TGA, PSD, HDR and PNM. Reads the first
// kilobytes, and steps over what stands before the sizes. Throws Error, with words that go on
// behind the file's name, for another format, a variant that is not read (which is named), no
// pixels, or too many; and PictureDataError where the header itself is cut or damaged.
PictureHeader read_picture_header(ByteReader& file);

// Throws Error for no pixels and for more than are accepted; for the headers' readers.
void require_picture_size(Yx size);

}  // namespace convscope
