#include "app/files/bmp.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>
#include <string>

#include "app/files/bmp_runs.h"
#include "app/files/picture_fault.h"
#include "engine/core/error.h"

namespace convscope::files {
namespace {

enum Compression : std::uint32_t { kRaw = 0, kRle8 = 1, kRle4 = 2, kMasks = 3, kAlphaMasks = 6 };

using Color = std::array<std::uint8_t, 3>;

struct Bmp {
  Yx size;
  bool top_down = false;
  std::uint32_t bits = 24;  // bits of a pixel
  std::uint32_t compression = kRaw;
  std::array<std::uint32_t, 4> masks{};  // red, green, blue, alpha
  std::uint32_t data = 0;                // position of the pixels in the file
  std::vector<Color> palette;
};

[[noreturn]] void refuse(const std::string& variant) {
  throw Error("is a BMP with " + variant +
              ", which is not read; save it without compression or as PNG");
}

[[noreturn]] void damaged() {
  throw PictureDataError(PictureFault::kDamaged);
}

void require_bits(const Bmp& bmp) {
  constexpr std::array<std::uint32_t, 6> kBits = {1, 4, 8, 16, 24, 32};
  if (std::ranges::find(kBits, bmp.bits) == kBits.end())
    refuse(std::to_string(bmp.bits) + " bits a pixel");
  if ((bmp.compression == kRle8 && bmp.bits != 8) || (bmp.compression == kRle4 && bmp.bits != 4))
    damaged();
  const bool masks = bmp.compression == kMasks || bmp.compression == kAlphaMasks;
  if (masks && bmp.bits != 16 && bmp.bits != 32) damaged();
}

// Masks are part of the newer headers; after the 40-byte header they follow as extra fields.
void read_masks(ByteReader& file, std::uint32_t header, Bmp& bmp) {
  if (bmp.compression != kMasks && bmp.compression != kAlphaMasks) {
    if (bmp.bits == 16) bmp.masks = {0x7C00, 0x03E0, 0x001F, 0};
    if (bmp.bits == 32) bmp.masks = {0xFF0000, 0x00FF00, 0x0000FF, 0};
    return;
  }
  const std::size_t count = header >= 56 || bmp.compression == kAlphaMasks ? 4 : 3;
  for (std::size_t i = 0; i < count; ++i)
    bmp.masks[i] = file.u32le();
  if ((bmp.masks[0] | bmp.masks[1] | bmp.masks[2]) == 0) damaged();
  for (const std::uint32_t mask : bmp.masks) {
    if (std::popcount(mask) > 8) refuse("more than 8 bits a colour");
    const std::uint32_t low = mask >> (mask != 0 ? std::countr_zero(mask) : 0);
    if ((low & (low + 1)) != 0) damaged();  // the bits of a mask must be adjacent
  }
}

void read_palette(ByteReader& file, std::uint32_t entry, std::uint32_t colors, Bmp& bmp) {
  const std::uint32_t most = 1u << bmp.bits;
  const std::uint64_t room = (bmp.data - file.position()) / entry;
  std::uint64_t count = colors == 0 ? most : std::min(colors, most);
  count = std::min(count, room);
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint8_t blue = file.u8();
    const std::uint8_t green = file.u8();
    bmp.palette.push_back({file.u8(), green, blue});
    if (entry == 4) file.u8();
  }
}

Bmp read_header(ByteReader& file) {
  Bmp bmp;
  file.seek(10);
  bmp.data = file.u32le();
  const std::uint32_t header = file.u32le();
  constexpr std::array<std::uint32_t, 7> kHeaders = {12, 40, 52, 56, 64, 108, 124};
  if (std::ranges::find(kHeaders, header) == kHeaders.end())
    refuse("a header of " + std::to_string(header) + " bytes");
  std::uint32_t colors = 0;
  if (header == 12) {
    bmp.size.x = file.u16le();
    bmp.size.y = file.u16le();
  } else {
    bmp.size.x = static_cast<std::int32_t>(file.u32le());
    bmp.size.y = static_cast<std::int32_t>(file.u32le());
    bmp.top_down = bmp.size.y < 0;
    bmp.size.y = std::abs(bmp.size.y);
  }
  require_picture_size(bmp.size);
  file.u16le();  // the number of planes, always 1
  bmp.bits = file.u16le();
  if (header != 12) {
    bmp.compression = file.u32le();
    if (bmp.compression == 4) refuse("JPEG data");
    if (bmp.compression == 5) refuse("PNG data");
    if (bmp.compression > kMasks && bmp.compression != kAlphaMasks)
      refuse("compression " + std::to_string(bmp.compression));
    if (header == 64 && bmp.compression >= kMasks) refuse("OS/2's compression");
    file.skip(12);
    colors = file.u32le();
    file.skip(4);
  }
  require_bits(bmp);
  read_masks(file, header, bmp);
  if (file.position() < 14 + header) file.seek(14 + header);
  if (bmp.data < file.position()) damaged();
  if (bmp.bits <= 8) read_palette(file, header == 12 ? 3 : 4, colors, bmp);
  return bmp;
}

std::uint8_t masked(std::uint32_t pixel, std::uint32_t mask) {
  if (mask == 0) return 0;
  const int shift = std::countr_zero(mask);
  const std::uint32_t most = mask >> shift;
  return static_cast<std::uint8_t>((((pixel & mask) >> shift) * 255 + most / 2) / most);
}

// Converts one row of the file to RGB, or to RGB and alpha.
void convert_row(const Bmp& bmp, std::span<const std::uint8_t> bytes, std::uint8_t* out) {
  const auto width = static_cast<std::size_t>(bmp.size.x);
  if (bmp.bits == 24) {
    for (std::size_t x = 0; x < width; ++x) {
      for (std::size_t c = 0; c < 3; ++c)
        *out++ = bytes[3 * x + 2 - c];
    }
    return;
  }
  if (bmp.bits > 8) {
    const std::size_t size = bmp.bits / 8;
    for (std::size_t x = 0; x < width; ++x) {
      std::uint32_t pixel = 0;
      for (std::size_t i = 0; i < size; ++i)
        pixel |= static_cast<std::uint32_t>(bytes[size * x + i]) << (8 * i);
      for (std::size_t c = 0; c < (bmp.masks[3] != 0 ? 4u : 3u); ++c)
        *out++ = masked(pixel, bmp.masks[c]);
    }
    return;
  }
  const std::size_t each = 8 / bmp.bits;  // pixels of a byte, the first one in the highest bits
  for (std::size_t x = 0; x < width; ++x) {
    const std::size_t shift = bmp.bits * (each - 1 - x % each);
    const std::size_t index = bytes[x / each] >> shift & ((1u << bmp.bits) - 1);
    if (index >= bmp.palette.size()) damaged();
    out = std::ranges::copy(bmp.palette[index], out).out;
  }
}

// Some programs write 0 for every alpha and mean an opaque picture.
void drop_empty_alpha(std::vector<std::uint8_t>& samples) {
  for (std::size_t i = 3; i < samples.size(); i += 4) {
    if (samples[i] != 0) return;
  }
  for (std::size_t i = 3; i < samples.size(); i += 4)
    samples[i] = 255;
}

}  // namespace

PictureHeader read_bmp_header(ByteReader& file) {
  return {.format = PictureFormat::kBmp,
          .size = read_header(file).size,
          .color = true,
          .bytes_per_pixel = 8};
}

Raster read_bmp(ByteReader& file) {
  const Bmp bmp = read_header(file);
  const auto width = static_cast<std::size_t>(bmp.size.x);
  const auto height = static_cast<std::size_t>(bmp.size.y);
  const std::size_t row_bytes = (width * bmp.bits + 7) / 8;
  const std::size_t stride = (row_bytes + 3) / 4 * 4;
  file.seek(bmp.data);
  const bool runs = bmp.compression == kRle8 || bmp.compression == kRle4;
  // Some programs leave out the padding of the last row.
  if (!runs) file.require(stride * (height - 1) + row_bytes);
  std::vector<std::uint8_t> indices;
  if (runs) indices = read_bmp_runs(file, bmp.size, bmp.compression == kRle4);

  Raster raster{.size = bmp.size, .channels = bmp.masks[3] != 0 ? 4 : 3, .samples = {}};
  const std::size_t row_samples = width * static_cast<std::size_t>(raster.channels);
  std::vector<std::uint8_t> samples(row_samples * height);
  std::vector<std::uint8_t> row(row_bytes);
  for (std::size_t i = 0; i < height; ++i) {
    const std::size_t y = bmp.top_down ? i : height - 1 - i;
    std::uint8_t* out = samples.data() + y * row_samples;
    if (runs) {
      for (const std::uint8_t index : std::span(indices).subspan(i * width, width)) {
        if (index >= bmp.palette.size()) damaged();
        out = std::ranges::copy(bmp.palette[index], out).out;
      }
      continue;
    }
    file.read(row);
    if (i + 1 < height) file.skip(stride - row_bytes);
    convert_row(bmp, row, out);
  }
  if (raster.channels == 4) drop_empty_alpha(samples);
  raster.samples = std::move(samples);
  return raster;
}

}  // namespace convscope::files
