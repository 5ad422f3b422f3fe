#include "app/files/tga.h"

#include <algorithm>
#include <array>

#include "app/files/picture_fault.h"
#include "engine/core/error.h"

namespace convscope::files {
namespace {

constexpr std::uint64_t kHeaderSize = 18;

// Up to four samples, in the order of the raster.
using Pixel = std::array<std::uint8_t, 4>;

struct Tga {
  std::uint32_t id_size = 0;
  bool has_map = false;
  std::uint32_t kind = 2;  // 1 colour-mapped, 2 RGB, 3 grey
  bool runs = false;
  std::uint32_t map_first = 0, map_size = 0, map_bits = 0;
  Yx size;
  std::uint32_t bits = 24;  // bits of a pixel, or of a palette index
  std::uint32_t descriptor = 0;

  std::uint32_t color_bits() const { return kind == 1 ? map_bits : bits; }
  bool alpha() const {
    const std::uint32_t given = descriptor & 15;
    return kind == 3 ? bits == 16
                     : (color_bits() == 32 && given == 8) || (color_bits() == 16 && given == 1);
  }
  int channels() const { return (kind == 3 ? 1 : 3) + (alpha() ? 1 : 0); }
};

[[noreturn]] void damaged() {
  throw PictureDataError(PictureFault::kDamaged);
}

Tga read_fields(ByteReader& file) {
  file.seek(0);
  Tga tga;
  tga.id_size = file.u8();
  const std::uint32_t map = file.u8();
  const std::uint32_t kind = file.u8();
  tga.kind = kind & 7;
  tga.runs = kind >= 8;
  if (map > 1 || kind > 11 || tga.kind < 1 || tga.kind > 3) tga.kind = 0;
  tga.has_map = map == 1;
  tga.map_first = file.u16le();
  tga.map_size = file.u16le();
  tga.map_bits = file.u8();
  file.skip(4);  // the position on the screen
  tga.size.x = file.u16le();
  tga.size.y = file.u16le();
  tga.bits = file.u8();
  tga.descriptor = file.u8();
  return tga;
}

bool makes_sense(const Tga& tga) {
  constexpr std::array<std::uint32_t, 4> kColorBits = {15, 16, 24, 32};
  const auto color = [&](std::uint32_t bits) {
    return std::ranges::find(kColorBits, bits) != kColorBits.end();
  };
  if (tga.has_map && (tga.map_size == 0 || !color(tga.map_bits))) return false;
  if ((tga.descriptor & 15) > 8) return false;
  switch (tga.kind) {
    case 1:
      return tga.has_map && (tga.bits == 8 || tga.bits == 16);
    case 2:
      return color(tga.bits);
    case 3:
      return tga.bits == 8 || tga.bits == 16;
    default:
      return false;
  }
}

Tga read_header(ByteReader& file) {
  const Tga tga = read_fields(file);
  if (!makes_sense(tga)) damaged();
  require_picture_size(tga.size);
  if ((tga.descriptor & 0xC0) != 0) {
    throw Error(
        "is a TGA with interleaved rows, which is not read; save it without them or as PNG");
  }
  return tga;
}

std::uint8_t from_five_bits(std::uint32_t value) {
  return static_cast<std::uint8_t>(((value & 31) * 255 + 15) / 31);
}

// Reads a colour, blue first; in 16 bits blue has the lowest five.
Pixel read_color(ByteReader& file, std::uint32_t bits) {
  if (bits <= 16) {
    const std::uint32_t value = file.u16le();
    const auto alpha = static_cast<std::uint8_t>((value & 0x8000) != 0 ? 255 : 0);
    return {from_five_bits(value >> 10), from_five_bits(value >> 5), from_five_bits(value), alpha};
  }
  const std::uint8_t blue = file.u8();
  const std::uint8_t green = file.u8();
  const std::uint8_t red = file.u8();
  return {red, green, blue, bits == 32 ? file.u8() : std::uint8_t{255}};
}

Pixel read_pixel(ByteReader& file, const Tga& tga, const std::vector<Pixel>& map) {
  if (tga.kind == 2) return read_color(file, tga.bits);
  if (tga.kind == 3) {
    const std::uint8_t grey = file.u8();
    return {grey, tga.bits == 16 ? file.u8() : std::uint8_t{255}, 0, 0};
  }
  const std::uint32_t index = tga.bits == 8 ? file.u8() : file.u16le();
  if (index < tga.map_first || index - tga.map_first >= map.size()) damaged();
  return map[index - tga.map_first];
}

// Reads pixels in the order of the file. A packet's first byte gives its length, and whether it is
// one pixel repeated or a sequence of pixels.
class Pixels {
 public:
  Pixels(ByteReader& file, const Tga& tga, std::vector<Pixel> map)
      : file_(file), tga_(tga), map_(std::move(map)) {}

  const Pixel& next() {
    bool fresh = true;
    if (tga_.runs) {
      if (left_ == 0) {
        const std::uint32_t packet = file_.u8();
        left_ = 1 + (packet & 127);
        repeats_ = packet >= 128;
      } else {
        fresh = !repeats_;
      }
      --left_;
    }
    if (fresh) pixel_ = read_pixel(file_, tga_, map_);
    return pixel_;
  }

 private:
  ByteReader& file_;
  const Tga& tga_;
  std::vector<Pixel> map_;
  Pixel pixel_{};
  std::uint32_t left_ = 0;  // pixels left in the packet
  bool repeats_ = false;
};

std::vector<Pixel> read_map(ByteReader& file, const Tga& tga) {
  std::vector<Pixel> map;
  if (!tga.has_map) return map;
  for (std::uint32_t i = 0; i < tga.map_size; ++i)
    map.push_back(read_color(file, tga.map_bits));
  return map;
}

// Some programs write 0 for every alpha and mean an opaque picture.
void drop_empty_alpha(std::vector<std::uint8_t>& samples, std::size_t channels) {
  for (std::size_t i = channels - 1; i < samples.size(); i += channels) {
    if (samples[i] != 0) return;
  }
  for (std::size_t i = channels - 1; i < samples.size(); i += channels)
    samples[i] = 255;
}

}  // namespace

bool is_tga(ByteReader& file) {
  return file.size() >= kHeaderSize && makes_sense(read_fields(file));
}

PictureHeader read_tga_header(ByteReader& file) {
  const Tga tga = read_header(file);
  return {.format = PictureFormat::kTga,
          .size = tga.size,
          .color = tga.kind != 3,
          .bytes_per_pixel = 8};
}

Raster read_tga(ByteReader& file) {
  const Tga tga = read_header(file);
  file.skip(tga.id_size);
  std::vector<Pixel> map = read_map(file, tga);
  const auto width = static_cast<std::size_t>(tga.size.x);
  const auto height = static_cast<std::size_t>(tga.size.y);
  const std::size_t pixel_bytes = (tga.bits + 7) / 8;
  file.require(tga.runs ? width * height / 128 * (1 + pixel_bytes) : width * height * pixel_bytes);
  Raster raster{.size = tga.size, .channels = tga.channels(), .samples = {}};
  const auto channels = static_cast<std::size_t>(raster.channels);
  std::vector<std::uint8_t> samples(width * height * channels);
  Pixels pixels(file, tga, std::move(map));
  const bool from_right = (tga.descriptor & 0x10) != 0;
  const bool from_top = (tga.descriptor & 0x20) != 0;
  for (std::size_t i = 0; i < height; ++i) {
    const std::size_t y = from_top ? i : height - 1 - i;
    for (std::size_t j = 0; j < width; ++j) {
      const std::size_t x = from_right ? width - 1 - j : j;
      const Pixel& pixel = pixels.next();
      std::copy_n(pixel.begin(), channels,
                  samples.begin() + static_cast<std::ptrdiff_t>((y * width + x) * channels));
    }
  }
  if (tga.alpha()) drop_empty_alpha(samples, channels);
  raster.samples = std::move(samples);
  return raster;
}

}  // namespace convscope::files
