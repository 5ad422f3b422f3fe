#pragma once

#include "app/files/byte_reader.h"
#include "app/files/names.h"
#include "engine/core/tensor.h"

namespace convscope::files {

inline constexpr Index kMaxPictureSize = 8192;  // on each axis

enum class PictureFormat { kPng, kJpeg, kBmp, kGif, kTga, kPsd, kHdr, kPnm };

// The header of a picture file.
struct PictureHeader {
  PictureFormat format = PictureFormat::kPnm;
  Yx size;  // as stored in the file, before turning
  bool color = false;
  int orientation = 1;        // EXIF's number, 1 to 8
  Index bytes_per_pixel = 0;  // most memory that decoding takes for each pixel
};

// Reads the header of a supported format: PNG, JPEG, BMP, GIF, TGA, PSD, HDR or PNM. Reads the
// first kilobytes and skips everything before the sizes. Throws Error, with a message that
// continues after the file's name, for another format, for an unsupported variant (named in the
// message), and for no or too many pixels; PictureDataError where the header itself is truncated or
// damaged.
PictureHeader read_picture_header(ByteReader& file);

// Throws Error for no pixels and for more than are accepted; called by the headers' readers.
void require_picture_size(Yx size);

}  // namespace convscope::files
