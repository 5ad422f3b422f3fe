#pragma once

#include <filesystem>

#include "engine/tensor.h"

namespace convscope {

inline constexpr Index kMaxPictureSize = 8192;  // on each axis

enum class PictureColor { kGrey, kRgb };

struct PictureSize {
  Yx size;  // of the file, as it is
  bool color = false;
};

// Reads the header only. Throws Error where the file is missing, is no picture that stb_image reads
// (PNG, JPEG, BMP, GIF, TGA, PSD, HDR, PNM), or is larger than kMaxPictureSize.
PictureSize picture_size(const std::filesystem::path& path);

// The picture as [1, 1, H, W] (grey: 0.299 R + 0.587 G + 0.114 B, Rec. 601) or [1, 3, H, W], values
// 0 to 1 as they are coded (8 and 16 bit; HDR is linear and may exceed 1); alpha is dropped. Throws
// Error as picture_size does, and where the data is corrupt.
Tensor load_picture(const std::filesystem::path& path, PictureColor color);

// Every plane scaled to `size`: the mean of the covered area, also where it grows.
Tensor scaled(const Tensor& picture, Yx size);

// Whether the name ends like a picture that load_picture may read.
bool has_picture_extension(const std::filesystem::path& path);

}  // namespace convscope
