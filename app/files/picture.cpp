#include "app/files/picture.h"

#include <stb/stb_image.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "engine/error.h"

namespace convscope {
namespace {

constexpr std::uintmax_t kMaxFileSize = std::uintmax_t{1} << 30;  // stb_image counts in int
constexpr const char* kFormats = "PNG, JPEG, BMP, GIF, TGA, PSD, HDR or PNM";

std::string most_pixels() {
  return std::to_string(kMaxPictureSize) + " × " + std::to_string(kMaxPictureSize);
}

std::string quoted(const std::filesystem::path& path) {
  return "\"" + path.string() + "\"";
}

std::vector<unsigned char> read_file(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) throw Error("there is no file " + quoted(path));
  if (!std::filesystem::is_regular_file(path, error)) {
    throw Error(quoted(path) + " is not a file; a picture must be " + kFormats);
  }
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  if (!error && size > kMaxFileSize) {
    throw Error(quoted(path) + " has " + std::to_string(size >> 20) +
                " MB; a picture's file may have " + std::to_string(kMaxFileSize >> 20));
  }
  std::ifstream file(path, std::ios::binary);
  std::vector<unsigned char> bytes(error ? 0 : static_cast<std::size_t>(size));
  file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  if (!file) throw Error(quoted(path) + " can't be read; is it yours to read?");
  if (bytes.empty()) throw Error(quoted(path) + " is empty; a picture must be " + kFormats);
  return bytes;
}

PictureSize size_of(const std::filesystem::path& path, const std::vector<unsigned char>& bytes) {
  int width = 0;
  int height = 0;
  int channels = 0;
  if (stbi_info_from_memory(bytes.data(), static_cast<int>(bytes.size()), &width, &height,
                            &channels) == 0) {
    throw Error(quoted(path) + " is not a picture that can be read; it must be " + kFormats +
                " of at most " + most_pixels() + " pixels");
  }
  if (width > kMaxPictureSize || height > kMaxPictureSize) {
    throw Error(quoted(path) + " has " + std::to_string(width) + " × " + std::to_string(height) +
                " pixels; at most " + most_pixels() + " are accepted");
  }
  return {{height, width}, channels >= 3};
}

// Three channels per pixel to planes.
template <typename T>
Tensor to_planes(const T* pixels, Yx size, PictureColor color, float scale) {
  const bool grey = color == PictureColor::kGrey;
  Tensor result(Shape{1, grey ? 1 : 3, size.y, size.x});
  const Index cells = size.y * size.x;
  float* out = result.data();
  for (Index i = 0; i < cells; ++i) {
    const std::array rgb = {static_cast<float>(pixels[3 * i]) * scale,
                            static_cast<float>(pixels[3 * i + 1]) * scale,
                            static_cast<float>(pixels[3 * i + 2]) * scale};
    if (!grey) {
      for (Index c = 0; c < 3; ++c)
        out[c * cells + i] = rgb[static_cast<std::size_t>(c)];
    } else if (rgb[0] == rgb[1] && rgb[1] == rgb[2]) {
      out[i] = rgb[0];  // grey stays what it was, to the bit
    } else {
      out[i] = 0.299f * rgb[0] + 0.587f * rgb[1] + 0.114f * rgb[2];
    }
  }
  return result;
}

struct Free {
  void operator()(void* pixels) const { stbi_image_free(pixels); }
};

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
  return size_of(path, read_file(path));
}

Tensor load_picture(const std::filesystem::path& path, PictureColor color) {
  const std::vector<unsigned char> bytes = read_file(path);
  const PictureSize info = size_of(path, bytes);
  const auto length = static_cast<int>(bytes.size());
  int width = 0;
  int height = 0;
  int channels = 0;
  const auto corrupt = [&] {
    return Error(quoted(path) + " is damaged, or ends too early; a picture must be a whole " +
                 kFormats + " file");
  };
  if (stbi_is_hdr_from_memory(bytes.data(), length) != 0) {
    const std::unique_ptr<float, Free> pixels(
        stbi_loadf_from_memory(bytes.data(), length, &width, &height, &channels, 3));
    if (!pixels || Yx{height, width} != info.size) throw corrupt();
    return to_planes(pixels.get(), info.size, color, 1.0f);
  }
  if (stbi_is_16_bit_from_memory(bytes.data(), length) != 0) {
    const std::unique_ptr<stbi_us, Free> pixels(
        stbi_load_16_from_memory(bytes.data(), length, &width, &height, &channels, 3));
    if (!pixels || Yx{height, width} != info.size) throw corrupt();
    return to_planes(pixels.get(), info.size, color, 1.0f / 65535.0f);
  }
  const std::unique_ptr<stbi_uc, Free> pixels(
      stbi_load_from_memory(bytes.data(), length, &width, &height, &channels, 3));
  if (!pixels || Yx{height, width} != info.size) throw corrupt();
  return to_planes(pixels.get(), info.size, color, 1.0f / 255.0f);
}

Tensor scaled(const Tensor& picture, Yx size) {
  const Shape& s = picture.shape();
  const std::vector<Coverage> rows = coverage(s.h, size.y);
  const std::vector<Coverage> columns = coverage(s.w, size.x);
  Tensor result(Shape{s.n, s.c, size.y, size.x});
  for (Index c = 0; c < s.n * s.c; ++c) {
    for (Index y = 0; y < size.y; ++y) {
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
                                      ".psd", ".hdr", ".pnm",  ".pgm", ".ppm"};
  return std::ranges::find(kExtensions, extension) != kExtensions.end();
}

}  // namespace convscope
