#include "app/files/gif.h"

#include <algorithm>
#include <array>
#include <optional>

#include "app/files/lzw.h"
#include "app/files/picture_fault.h"

namespace convscope::files {
namespace {

using Color = std::array<std::uint8_t, 3>;
using Palette = std::vector<Color>;

[[noreturn]] void damaged() {
  throw PictureDataError(PictureFault::kDamaged);
}

Palette read_palette(ByteReader& file, std::uint32_t flags) {
  Palette palette;
  if ((flags & 0x80) == 0) return palette;
  palette.resize(std::size_t{2} << (flags & 7));
  for (Color& color : palette)
    file.read(color);
  return palette;
}

struct Screen {
  Yx size;
  Palette palette;
};

Screen read_screen(ByteReader& file, bool with_palette) {
  file.seek(6);  // after "GIF89a"
  Screen screen;
  screen.size.x = file.u16le();
  screen.size.y = file.u16le();
  require_picture_size(screen.size);
  const std::uint32_t flags = file.u8();
  file.skip(2);  // background colour and aspect ratio
  if (with_palette) screen.palette = read_palette(file, flags);
  return screen;
}

void skip_blocks(ByteReader& file) {
  while (const std::uint8_t size = file.u8())
    file.skip(size);
}

// Returns the transparent colour of the next picture, if it has one.
std::optional<std::uint32_t> read_transparent(ByteReader& file) {
  if (file.u8() != 4) damaged();
  const bool given = (file.u8() & 1) != 0;
  file.skip(2);  // display time
  const std::uint32_t index = file.u8();
  skip_blocks(file);
  return given ? std::optional(index) : std::nullopt;
}

struct Frame {
  Index x = 0, y = 0;
  Yx size;
  bool interlaced = false;
  Palette palette;  // its own palette; empty if it uses the screen's
  std::optional<std::uint32_t> transparent;
};

// Skips everything before the first picture.
Frame read_frame(ByteReader& file, Yx screen) {
  Frame frame;
  for (std::uint8_t block = file.u8(); block != 0x2C; block = file.u8()) {
    if (block != 0x21) damaged();  // or the end of the file without a picture
    if (file.u8() == 0xF9) {
      frame.transparent = read_transparent(file);
    } else {
      skip_blocks(file);
    }
  }
  frame.x = file.u16le();
  frame.y = file.u16le();
  frame.size.x = file.u16le();
  frame.size.y = file.u16le();
  if (frame.x + frame.size.x > screen.x || frame.y + frame.size.y > screen.y) damaged();
  require_picture_size(frame.size);
  const std::uint32_t flags = file.u8();
  frame.interlaced = (flags & 0x40) != 0;
  frame.palette = read_palette(file, flags);
  return frame;
}

// Returns the order of an interlaced file's rows: every eighth row, then those halfway between,
// then every fourth, then the odd ones.
std::vector<Index> row_order(const Frame& frame) {
  std::vector<Index> rows;
  const auto add = [&](Index first, Index step) {
    for (Index y = first; y < frame.size.y; y += step)
      rows.push_back(y);
  };
  if (!frame.interlaced) {
    add(0, 1);
  } else {
    add(0, 8);
    add(4, 8);
    add(2, 4);
    add(1, 2);
  }
  return rows;
}

}  // namespace

PictureHeader read_gif_header(ByteReader& file) {
  return {.format = PictureFormat::kGif,
          .size = read_screen(file, false).size,
          .color = true,
          .bytes_per_pixel = 8};
}

Raster read_gif(ByteReader& file) {
  const Screen screen = read_screen(file, true);
  const Frame frame = read_frame(file, screen.size);
  const Palette& palette = frame.palette.empty() ? screen.palette : frame.palette;
  const std::vector<std::uint8_t> indices =
      read_lzw(file, static_cast<std::size_t>(frame.size.y * frame.size.x));
  std::vector<std::uint8_t> samples(static_cast<std::size_t>(4 * screen.size.y * screen.size.x));
  std::size_t i = 0;
  for (const Index row : row_order(frame)) {
    std::size_t out = static_cast<std::size_t>(4 * ((frame.y + row) * screen.size.x + frame.x));
    for (Index x = 0; x < frame.size.x; ++x, out += 4) {
      const std::uint8_t index = indices[i++];
      if (frame.transparent == index) continue;
      if (index >= palette.size()) damaged();
      std::ranges::copy(palette[index], samples.begin() + static_cast<std::ptrdiff_t>(out));
      samples[out + 3] = 255;
    }
  }
  return {.size = screen.size, .channels = 4, .samples = std::move(samples)};
}

}  // namespace convscope::files
