#pragma once

#include <stop_token>

#include "app/files/decoder_process.h"
#include "engine/core/tensor.h"

namespace convscope {

struct DecodedPlanes {
  Tensor values;  // [1, 1, H, W] or, of a picture in colour, [1, 3, H, W]; not turned
  bool over_white = false;
};

// Reads what the decoder writes of a picture with that header. Throws as DecoderProcess does, and
// where the decoder tells of another picture than the header: before memory is taken for it.
DecodedPlanes read_decoded_planes(DecoderProcess& decoder, const PictureHeader& header);

// Turned as EXIF's orientation 1 to 8 says.
Tensor turned(const Tensor& picture, int orientation);

}  // namespace convscope
