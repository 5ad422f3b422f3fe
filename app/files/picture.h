#pragma once

#include <filesystem>
#include <stop_token>

#include "app/files/picture_header.h"
#include "engine/core/tensor.h"

namespace convscope {

enum class PictureColor { kGrey, kRgb };

struct PictureSize {
  Yx size;  // as it is shown, turned as its file says
  bool color = false;
};

// A picture's file is data of strangers: its header is read here, and its pixels by a process of
// its own that can do nothing else (decoder_process.h). What is wrong with a file is an Error of
// one sentence, whatever the file does to that process.

// Reads the header only. Throws Error where the file is missing, is no picture that Convscope
// reads, is a variant that is not read, has no pixels, or is larger than kMaxPictureSize.
PictureSize picture_size(const std::filesystem::path& path);

struct LoadedPicture {
  Tensor values;
  bool over_white = false;  // parts of it are seen through, and were put on white
};

// The picture as [1, 1, H, W] (grey: 0.299 R + 0.587 G + 0.114 B, Rec. 601) or [1, 3, H, W], values
// 0 to 1 as they are coded (8 and 16 bit; HDR is linear and may exceed 1), turned as EXIF says.
// Throws Error as picture_size does, and where the data is cut or damaged; and Cancelled, at once,
// when `stop` is requested.
LoadedPicture read_picture_file(const std::filesystem::path& path, PictureColor color,
                                const std::stop_token& stop = {});
Tensor load_picture(const std::filesystem::path& path, PictureColor color,
                    const std::stop_token& stop = {});

// Every plane scaled to `size`: the mean of the covered area, also where it grows. Throws Cancelled
// when `stop` is requested.
Tensor scaled(const Tensor& picture, Yx size, const std::stop_token& stop = {});

// Whether the name ends like a picture that load_picture may read.
bool has_picture_extension(const std::filesystem::path& path);

}  // namespace convscope
