#include "app/files/psd.h"

#include <algorithm>
#include <array>
#include <string>

#include "app/files/picture_fault.h"
#include "engine/core/error.h"

namespace convscope::files {
namespace {

enum Mode : std::uint32_t { kGrey = 1, kRgb = 3 };

struct Psd {
  Yx size;
  std::uint32_t planes = 3;
  std::uint32_t depth = 8;
  std::uint32_t mode = kRgb;
  bool runs = false;
  bool alpha = false;

  std::uint32_t colors() const { return mode == kGrey ? 1 : 3; }
  int channels() const { return static_cast<int>(colors()) + (alpha ? 1 : 0); }
};

[[noreturn]] void refuse(const std::string& variant) {
  throw Error("is a PSD " + variant + ", which is not read; save it in RGB with 8 bits or as PNG");
}

[[noreturn]] void damaged() {
  throw PictureDataError(PictureFault::kDamaged);
}

std::string mode_name(std::uint32_t mode) {
  constexpr std::array<const char*, 10> kNames = {
      "of single bits", "in grey",   "with a palette",   "in RGB",     "in CMYK colours",
      "in mode 5",      "in mode 6", "in many channels", "in duotone", "in Lab colours"};
  return mode < kNames.size() ? kNames[mode] : "in mode " + std::to_string(mode);
}

// Reads the last section, layers and masks. Returns whether the channel after the colours is
// transparency: the number of layers is below 0, or there are no layers.
bool read_layers(ByteReader& file) {
  const std::uint32_t size = file.u32be();
  const std::uint64_t end = file.position() + size;
  bool transparent = true;
  if (size >= 6 && file.u32be() >= 2) transparent = (file.u16be() & 0x8000) != 0;
  file.seek(end);
  return transparent;
}

Psd read_header(ByteReader& file) {
  file.seek(4);
  if (file.u16be() != 1) refuse("for large documents (PSB)");
  file.skip(6);
  Psd psd;
  psd.planes = file.u16be();
  psd.size.y = file.u32be();
  psd.size.x = file.u32be();
  require_picture_size(psd.size);
  psd.depth = file.u16be();
  psd.mode = file.u16be();
  if (psd.mode != kGrey && psd.mode != kRgb) refuse(mode_name(psd.mode));
  if (psd.depth != 8 && psd.depth != 16) refuse("with " + std::to_string(psd.depth) + " bits");
  if (psd.planes < psd.colors() || psd.planes > 56) damaged();
  return psd;
}

// Reads all sections before the pixels.
void read_sections(ByteReader& file, Psd& psd) {
  file.skip(file.u32be());  // palette
  file.skip(file.u32be());  // resources
  const bool transparent = read_layers(file);
  psd.alpha = transparent && psd.planes > psd.colors();
  const std::uint32_t compression = file.u16be();
  if (compression > 1) refuse("with ZIP compression");
  psd.runs = compression == 1;
}

// Decodes a row: after a count n below 128 follow n + 1 bytes; after a larger one, a byte that is
// repeated 257 - n times.
void read_runs(ByteReader& file, std::span<std::uint8_t> row) {
  for (std::size_t x = 0; x < row.size();) {
    const std::size_t n = file.u8();
    if (n == 128) continue;
    const std::size_t count = n < 128 ? n + 1 : 257 - n;
    if (count > row.size() - x) damaged();
    if (n < 128) {
      file.read(row.subspan(x, count));
    } else {
      std::ranges::fill(row.subspan(x, count), file.u8());
    }
    x += count;
  }
}

// Reads the planes, which follow each other.
template <typename T>
std::vector<T> read_planes(ByteReader& file, const Psd& psd) {
  const auto width = static_cast<std::size_t>(psd.size.x);
  const auto height = static_cast<std::size_t>(psd.size.y);
  const auto channels = static_cast<std::size_t>(psd.channels());
  std::vector<std::uint8_t> row(width * sizeof(T));
  if (psd.runs) {
    file.skip(2ull * height * psd.planes);  // the sizes of the rows
    file.require(height * channels * (row.size() / 64));
  } else {
    file.require(row.size() * height * channels);
  }
  std::vector<T> samples(width * height * channels);
  for (std::size_t c = 0; c < channels; ++c) {
    T* out = samples.data() + c;
    for (std::size_t y = 0; y < height; ++y) {
      if (psd.runs)
        read_runs(file, row);
      else
        file.read(row);
      for (std::size_t x = 0; x < width; ++x, out += channels) {
        if constexpr (sizeof(T) == 1) {
          *out = row[x];
        } else {
          *out = static_cast<T>(row[2 * x] << 8 | row[2 * x + 1]);
        }
      }
    }
  }
  // Partly transparent colours are stored on white already.
  if (psd.alpha) {
    for (std::size_t i = channels - 1; i < samples.size(); i += channels)
      samples[i] = samples[i] == 0 ? T{0} : static_cast<T>(-1);
  }
  return samples;
}

}  // namespace

PictureHeader read_psd_header(ByteReader& file) {
  Psd psd = read_header(file);
  read_sections(file, psd);
  return {.format = PictureFormat::kPsd,
          .size = psd.size,
          .color = psd.mode == kRgb,
          .bytes_per_pixel = 12};
}

Raster read_psd(ByteReader& file) {
  Psd psd = read_header(file);
  read_sections(file, psd);
  Raster raster{.size = psd.size, .channels = psd.channels(), .samples = {}};
  if (psd.depth == 8)
    raster.samples = read_planes<std::uint8_t>(file, psd);
  else
    raster.samples = read_planes<std::uint16_t>(file, psd);
  return raster;
}

}  // namespace convscope::files
