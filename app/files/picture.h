#pragma once

#include <filesystem>
#include <stop_token>

#include "app/files/names.h"
#include "app/files/picture_header.h"
#include "engine/core/tensor.h"

namespace convscope::files {

// Whether a picture is read as one channel or as three.
enum class PictureColor { kGrey, kRgb };

// The size of a picture and whether it has colour.
struct PictureSize {
  Yx size;  // as shown, turned as the file says
  bool color = false;
};

// Picture files may come from strangers. Their headers are read in this process, and their pixels
// by a decoder process that can do nothing else (decoder_process.h). Whatever a file does to that
// process, the result is an Error of one sentence.

// Reads only the header. Throws Error where the file is missing, is not a supported picture format
// or variant, has no pixels, or is larger than kMaxPictureSize.
PictureSize picture_size(const std::filesystem::path& path);

// The values of a picture file.
struct LoadedPicture {
  Tensor values;
  bool over_white = false;  // whether it is partly transparent and was put on white
};

// Reads a picture as [1, 1, H, W] (grey: 0.299 R + 0.587 G + 0.114 B, Rec. 601) or [1, 3, H, W],
// turned as EXIF says. Values are 0 to 1 as coded (8 and 16 bits); HDR is linear and may exceed 1.
// Throws Error as picture_size does and where the data is truncated or damaged, and Cancelled as
// soon as `stop` is requested.
LoadedPicture read_picture_file(const std::filesystem::path& path, PictureColor color,
                                const std::stop_token& stop = {});
Tensor load_picture(const std::filesystem::path& path, PictureColor color,
                    const std::stop_token& stop = {});

// Returns every plane resampled to `size`, each cell the mean of the area that it covers, also when
// enlarging. Throws Cancelled when `stop` is requested.
Tensor scaled(const Tensor& picture, Yx size, const std::stop_token& stop = {});

// Returns whether the name has the extension of a supported picture format.
bool has_picture_extension(const std::filesystem::path& path);

}  // namespace convscope::files
