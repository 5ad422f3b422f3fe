#include "app/files/picture.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <string>
#include <vector>

#include "app/files/cancelled.h"
#include "app/files/decoded_planes.h"
#include "app/files/decoder_process.h"
#include "app/files/file_descriptor.h"
#include "app/files/picture_fault.h"
#include "app/files/picture_formats.h"
#include "app/files/system_reason.h"
#include "engine/core/error.h"

namespace convscope::files {
namespace {

constexpr std::uint64_t kMaxFileSize = std::uint64_t{1} << 30;

std::string quoted(const std::filesystem::path& path) {
  return "\"" + path.string() + "\"";
}

// An open file with its size and its header.
struct PictureFile {
  FileDescriptor file;
  PictureHeader header;
};

PictureFile open_picture(const std::filesystem::path& path) {
  // Opens without waiting, because a pipe or a device, which is refused, could block.
  FileDescriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  int reason = errno;
  if (!file && (reason == ENOENT || reason == ENOTDIR))
    throw Error("there is no file " + quoted(path));
  struct stat status {};
  if (file && fstat(file.get(), &status) != 0) {
    reason = errno;
    file.close();
  }
  if (file && !S_ISREG(status.st_mode))
    throw Error(quoted(path) + " is not a file; a picture must be " + kPictureFormats);
  if (!file) throw Error(quoted(path) + " can't be read: " + system_reason(reason));
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size == 0) throw Error(quoted(path) + " is empty; a picture must be " + kPictureFormats);
  if (size > kMaxFileSize) {
    throw Error(quoted(path) + " has " + std::to_string(size >> 20) +
                " MB; a picture's file may have " + std::to_string(kMaxFileSize >> 20));
  }
  ByteReader reader(file.get(), size);
  try {
    return {std::move(file), read_picture_header(reader)};
  } catch (const Error& error) {
    throw Error(quoted(path) + " " + error.what());
  } catch (const PictureDataError&) {
    throw Error(quoted(path) + " is damaged, or ends too early; a picture must be a whole " +
                kPictureFormats + " file");
  }
}

// Returns the size with rows and columns swapped if EXIF turns the picture by a quarter.
Yx shown_size(const PictureHeader& header) {
  return header.orientation >= 5 ? Yx{header.size.x, header.size.y} : header.size;
}

// Converts between one and three channels.
Tensor with_color(Tensor planes, PictureColor color) {
  const Shape s = planes.shape();
  const Index cells = s.h * s.w;
  const Index channels = color == PictureColor::kGrey ? 1 : 3;
  if (s.c == channels) return planes;
  Tensor result(Shape{1, channels, s.h, s.w});
  float* out = result.data();
  const float* in = planes.data();
  if (channels == 3) {
    for (Index c = 0; c < 3; ++c)
      std::copy(in, in + cells, out + c * cells);
    return result;
  }
  for (Index i = 0; i < cells; ++i) {
    const float red = in[i];
    const float green = in[cells + i];
    const float blue = in[2 * cells + i];
    const bool grey = red == green && green == blue;  // a grey picture keeps its exact values
    out[i] = grey ? red : 0.299f * red + 0.587f * green + 0.114f * blue;
  }
  return result;
}

// For each target cell of one axis, the covered source cells and the weights of the first and last.
struct Coverage {
  Index first = 0;
  Index last = 0;  // inclusive
  float first_share = 1.0f;
  float last_share = 1.0f;
};

std::vector<Coverage> coverage(Index from, Index to) {
  std::vector<Coverage> result(static_cast<std::size_t>(to));
  const double ratio = static_cast<double>(from) / static_cast<double>(to);
  for (Index i = 0; i < to; ++i) {
    const double begin = static_cast<double>(i) * ratio;
    const double end = std::min(static_cast<double>(i + 1) * ratio, static_cast<double>(from));
    Coverage& c = result[static_cast<std::size_t>(i)];
    c.first = std::min(static_cast<Index>(begin + 1e-9), from - 1);
    c.last = std::clamp(static_cast<Index>(std::ceil(end - 1e-9)) - 1, c.first, from - 1);
    c.first_share = static_cast<float>(std::min(static_cast<double>(c.first + 1), end) - begin);
    c.last_share = static_cast<float>(end - std::max(static_cast<double>(c.last), begin));
  }
  return result;
}

float share(const Coverage& c, Index i) {
  return i == c.first ? c.first_share : i == c.last ? c.last_share : 1.0f;
}

}  // namespace

PictureSize picture_size(const std::filesystem::path& path) {
  const PictureFile picture = open_picture(path);
  return {shown_size(picture.header), picture.header.color};
}

LoadedPicture read_picture_file(const std::filesystem::path& path, PictureColor color,
                                const std::stop_token& stop) {
  const PictureFile picture = open_picture(path);
  try {
    DecoderProcess decoder(picture.file.get(), DecoderCommand::for_picture(picture.header), stop);
    DecodedPlanes decoded = read_decoded_planes(decoder, picture.header);
    Tensor values = with_color(std::move(decoded.values), color);
    const int orientation = picture.header.orientation;
    return {orientation == 1 ? std::move(values) : turned(values, orientation), decoded.over_white};
  } catch (const Error& error) {
    throw Error(quoted(path) + " " + error.what());
  }
}

Tensor load_picture(const std::filesystem::path& path, PictureColor color,
                    const std::stop_token& stop) {
  return read_picture_file(path, color, stop).values;
}

Tensor scaled(const Tensor& picture, Yx size, const std::stop_token& stop) {
  const Shape& s = picture.shape();
  const std::vector<Coverage> rows = coverage(s.h, size.y);
  const std::vector<Coverage> columns = coverage(s.w, size.x);
  Tensor result(Shape{s.n, s.c, size.y, size.x});
  for (Index c = 0; c < s.n * s.c; ++c) {
    for (Index y = 0; y < size.y; ++y) {
      if (stop.stop_requested()) throw Cancelled();
      const Coverage& row = rows[static_cast<std::size_t>(y)];
      for (Index x = 0; x < size.x; ++x) {
        const Coverage& column = columns[static_cast<std::size_t>(x)];
        double sum = 0.0;
        double area = 0.0;
        for (Index v = row.first; v <= row.last; ++v) {
          const float* from = picture.row(0, c, v);
          for (Index u = column.first; u <= column.last; ++u) {
            const double weight = static_cast<double>(share(row, v) * share(column, u));
            sum += weight * static_cast<double>(from[u]);
            area += weight;
          }
        }
        result.row(0, c, y)[x] = static_cast<float>(sum / area);
      }
    }
  }
  return result;
}

bool has_picture_extension(const std::filesystem::path& path) {
  std::string extension = path.extension().string();
  std::ranges::transform(extension, extension.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  constexpr std::array kExtensions = {".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tga",
                                      ".psd", ".hdr", ".pnm",  ".pbm", ".pgm", ".ppm"};
  return std::ranges::find(kExtensions, extension) != kExtensions.end();
}

}  // namespace convscope::files
