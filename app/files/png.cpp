#include "app/files/png.h"

#include <stb/stb_image.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <new>
#include <optional>
#include <string_view>
#include <utility>

#include "app/files/picture_fault.h"
#include "engine/core/error.h"

namespace convscope::files {
namespace {

constexpr std::uint64_t kMarkSize = 8;
constexpr std::uint64_t kKindPlace = 25;  // position of the byte with the colour type
constexpr std::uint32_t kWithPalette = 3;
constexpr std::uint32_t kMaxColors = 256;

[[noreturn]] void damaged() {
  throw PictureDataError(PictureFault::kDamaged);
}

struct Ihdr {
  Yx size;
  std::uint32_t depth = 8;
  std::uint32_t kind = 0;  // bit 0: palette, bit 1: colour, bit 2: alpha

  bool color() const { return (kind & 2) != 0; }

  // Returns an upper bound for the uncompressed data: the rows, or those of an interlaced file's
  // seven passes, each with its filter byte, and the overhead of incompressible data.
  std::uint64_t most_data() const {
    const auto samples = static_cast<std::uint64_t>(kind == 2   ? 3
                                                    : kind == 4 ? 2
                                                    : kind == 6 ? 4
                                                                : 1);
    const std::uint64_t row = (static_cast<std::uint64_t>(size.x) * samples * depth + 7) / 8 + 1;
    return 2 * row * static_cast<std::uint64_t>(size.y) + (std::uint64_t{64} << 10);
  }
};

Ihdr read_ihdr(ByteReader& file) {
  file.seek(kMarkSize);
  const std::uint32_t size = file.u32be();
  const std::uint32_t name = file.u32be();
  constexpr std::uint32_t kIhdr = 0x49484452;
  constexpr std::uint32_t kCgbi = 0x43674249;
  if (name == kCgbi)
    throw Error("is a PNG in Apple's own format (CgBI), which is not read; save it as a plain PNG");
  if (name != kIhdr || size != 13) damaged();
  Ihdr ihdr;
  ihdr.size.x = file.u32be();
  ihdr.size.y = file.u32be();
  require_picture_size(ihdr.size);
  ihdr.depth = file.u8();
  ihdr.kind = file.u8();
  constexpr std::array<std::uint32_t, 5> kKinds = {0, 2, 3, 4, 6};
  constexpr std::array<std::uint32_t, 5> kDepths = {1, 2, 4, 8, 16};
  if (std::ranges::find(kKinds, ihdr.kind) == kKinds.end()) damaged();
  if (std::ranges::find(kDepths, ihdr.depth) == kDepths.end()) damaged();
  if (ihdr.kind == kWithPalette && ihdr.depth > 8) damaged();
  return ihdr;
}

// Red, green, blue and alpha.
using Color = std::array<std::uint8_t, 4>;

// The chunks before the pixels of a picture with a palette.
struct Palette {
  std::vector<Color> colors;
  std::optional<std::uint64_t> alpha;  // position of the name of the alpha's chunk
};

constexpr std::array<std::uint32_t, 256> crc_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit)
      value = (value & 1) != 0 ? 0xEDB88320u ^ value >> 1 : value >> 1;
    table[i] = value;
  }
  return table;
}

constexpr std::array<std::uint32_t, 256> kCrcTable = crc_table();

std::uint32_t crc(std::uint32_t value, std::span<const std::uint8_t> bytes) {
  for (const std::uint8_t byte : bytes)
    value = kCrcTable[(value ^ byte) & 255] ^ value >> 8;
  return value;
}

// stb_image ignores checksums and decompresses any amount of data. So every chunk that pixels
// depend on must be intact, and together they must not hold much more than the picture's pixels.
void require_whole_chunks(ByteReader& file, std::uint64_t most_data) {
  file.seek(kMarkSize);
  std::uint64_t data = 0;
  std::vector<std::uint8_t> piece(std::size_t{16} << 10);
  while (true) {
    std::uint32_t left = file.u32be();
    std::array<std::uint8_t, 4> name{};
    file.read(name);
    const std::string_view text(reinterpret_cast<const char*>(name.data()), name.size());
    if ((name[0] & 0x20) != 0 && text != "tRNS") {
      file.skip(std::uint64_t{left} + 4);
      continue;
    }
    file.require(std::uint64_t{left} + 4);
    data += text == "IDAT" ? left : 0;
    if (data > most_data) damaged();
    std::uint32_t sum = crc(0xFFFFFFFFu, name);
    while (left > 0) {
      const auto part = std::span(piece).first(std::min<std::size_t>(left, piece.size()));
      file.read(part);
      sum = crc(sum, part);
      left -= static_cast<std::uint32_t>(part.size());
    }
    if (file.u32be() != ~sum) damaged();
    if (text == "IEND") return;
  }
}

// Reads the palette and its alpha from a file whose chunks are intact.
Palette read_palette(ByteReader& file) {
  Palette palette;
  file.seek(kMarkSize);
  while (true) {
    const std::uint32_t size = file.u32be();
    const std::uint64_t place = file.position();
    std::array<std::uint8_t, 4> name{};
    file.read(name);
    const std::string_view text(reinterpret_cast<const char*>(name.data()), name.size());
    if (text == "IDAT" || text == "IEND") break;
    if (text == "PLTE") {
      if (!palette.colors.empty() || size % 3 != 0 || size / 3 > kMaxColors) damaged();
      for (std::uint32_t i = 0; i < size / 3; ++i) {
        const std::uint8_t red = file.u8();
        const std::uint8_t green = file.u8();
        palette.colors.push_back({red, green, file.u8(), 255});
      }
    } else if (text == "tRNS") {
      if (palette.alpha || size > palette.colors.size()) damaged();
      palette.alpha = place;
      for (std::uint32_t i = 0; i < size; ++i)
        palette.colors[i][3] = file.u8();
    } else {
      file.skip(size);
    }
    file.skip(4);  // checksum
  }
  if (palette.colors.empty()) damaged();
  return palette;
}

// What stb_image reads: the file, with some bytes replaced.
struct StbSource {
  ByteReader& file;
  std::vector<std::pair<std::uint64_t, std::uint8_t>> changes;  // position and new byte
};

int read_for_stb(void* user, char* into, int size) {
  auto& source = *static_cast<StbSource*>(user);
  const auto bytes =
      std::span(reinterpret_cast<std::uint8_t*>(into), static_cast<std::size_t>(size));
  const std::uint64_t from = source.file.position();
  const std::size_t count = source.file.read_some(bytes);
  for (const auto& [place, byte] : source.changes) {
    if (place >= from && place - from < count) bytes[place - from] = byte;
  }
  return static_cast<int>(count);
}

void skip_for_stb(void* user, int count) {
  ByteReader& file = static_cast<StbSource*>(user)->file;
  const auto to = static_cast<std::int64_t>(file.position()) + count;
  file.seek(std::min(static_cast<std::uint64_t>(std::max<std::int64_t>(to, 0)), file.size()));
}

int is_at_end_for_stb(void* user) {
  return static_cast<StbSource*>(user)->file.at_end() ? 1 : 0;
}

constexpr stbi_io_callbacks kCallsOfStb{read_for_stb, skip_for_stb, is_at_end_for_stb};

struct Free {
  void operator()(void* pixels) const { stbi_image_free(pixels); }
};

template <typename T>
Raster to_raster(T* owned, int width, int height, int channels) {
  const std::unique_ptr<T, Free> pixels(owned);
  if (!pixels) {
    // If the first allocation for the decompressed data fails, stb_image gives no reason.
    const char* reason = stbi_failure_reason();
    if (reason == nullptr || std::strcmp(reason, "outofmem") == 0) throw std::bad_alloc();
    damaged();
  }
  const std::size_t numel = static_cast<std::size_t>(width) * static_cast<std::size_t>(height) *
                            static_cast<std::size_t>(channels);
  return {.size = {height, width},
          .channels = channels,
          .samples = std::vector<T>(pixels.get(), pixels.get() + numel)};
}

Raster load_8_bits(StbSource& source) {
  int width = 0;
  int height = 0;
  int channels = 0;
  stbi_uc* pixels = stbi_load_from_callbacks(&kCallsOfStb, &source, &width, &height, &channels, 0);
  return to_raster(pixels, width, height, channels);
}

// stb_image doesn't check that the palette has the colour that a pixel refers to, and would read
// beyond it. So it reads the colour indices as grey values here, spread over 0 to 255.
Raster read_with_palette(ByteReader& file, const Ihdr& ihdr) {
  const Palette palette = read_palette(file);
  StbSource source{file, {{kKindPlace, std::uint8_t{0}}}};
  // Under the name "tRNx" the alpha's chunk is skipped.
  if (palette.alpha) source.changes.emplace_back(*palette.alpha + 3, 'x');
  file.seek(0);
  const Raster numbers = load_8_bits(source);
  if (numbers.channels != 1) damaged();
  const unsigned step = 255u / ((1u << ihdr.depth) - 1);
  const std::size_t channels = palette.alpha ? 4 : 3;
  std::vector<std::uint8_t> samples;
  const auto& spread = std::get<std::vector<std::uint8_t>>(numbers.samples);
  samples.reserve(spread.size() * channels);
  for (const std::uint8_t value : spread) {
    const std::size_t number = value / step;
    if (number >= palette.colors.size()) damaged();
    const Color& color = palette.colors[number];
    samples.insert(samples.end(), color.begin(),
                   color.begin() + static_cast<std::ptrdiff_t>(channels));
  }
  return {
      .size = numbers.size, .channels = static_cast<int>(channels), .samples = std::move(samples)};
}

}  // namespace

PictureHeader read_png_header(ByteReader& file) {
  const Ihdr ihdr = read_ihdr(file);
  // stb_image holds the compressed data in a buffer that doubles, the decompressed rows, and the
  // pixels, which a palette and transparency expand to up to four samples.
  const Index sample = ihdr.depth == 16 ? 2 : 1;
  return {.format = PictureFormat::kPng,
          .size = ihdr.size,
          .color = ihdr.color(),
          .bytes_per_pixel = 8 + 32 * sample};
}

Raster read_png(ByteReader& file) {
  const Ihdr ihdr = read_ihdr(file);
  require_whole_chunks(file, ihdr.most_data());
  if (ihdr.kind == kWithPalette) return read_with_palette(file, ihdr);
  file.seek(0);
  StbSource source{file, {}};
  if (ihdr.depth < 16) return load_8_bits(source);
  int width = 0;
  int height = 0;
  int channels = 0;
  stbi_us* pixels =
      stbi_load_16_from_callbacks(&kCallsOfStb, &source, &width, &height, &channels, 0);
  return to_raster(pixels, width, height, channels);
}

}  // namespace convscope::files
