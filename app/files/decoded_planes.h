#pragma once

#include <stop_token>

#include "app/files/decoder_process.h"
#include "app/files/names.h"
#include "engine/core/tensor.h"

namespace convscope::files {

// A picture as the decoder process returns it.
struct DecodedPlanes {
  Tensor values;  // [1, 1, H, W], or [1, 3, H, W] in colour; not yet turned as EXIF says
  // Whether the picture is partly transparent and was put on white.
  bool over_white = false;
};

// Reads the decoder's output for a picture with this header. Throws as DecoderProcess does, and,
// before allocating memory, if the decoder's sizes differ from the header's.
DecodedPlanes read_decoded_planes(DecoderProcess& decoder, const PictureHeader& header);

// Returns the picture turned as EXIF's orientation (1 to 8) says.
Tensor turned(const Tensor& picture, int orientation);

}  // namespace convscope::files
