#include "app/files/hdr.h"

#include <array>
#include <charconv>
#include <cmath>
#include <string>

#include "app/files/picture_fault.h"
#include "engine/core/error.h"

namespace convscope::files {
namespace {

constexpr std::uint64_t kMaxHeaderSize = std::uint64_t{64} << 10;

// Three mantissas and their common exponent.
using Rgbe = std::array<std::uint8_t, 4>;
using Row = std::vector<Rgbe>;

[[noreturn]] void damaged() {
  throw PictureDataError(PictureFault::kDamaged);
}

struct Hdr {
  Yx size;
  int orientation = 1;
};

std::string read_line(ByteReader& file) {
  std::string line;
  for (auto c = static_cast<char>(file.u8()); c != '\n'; c = static_cast<char>(file.u8())) {
    if (file.position() > kMaxHeaderSize) {
      throw Error("has a header of more than " + std::to_string(kMaxHeaderSize >> 10) + " kB");
    }
    line += c;
  }
  return line;
}

// Parses "-Y 480 +X 640": rows from the top, columns from the left.
Hdr parse_size(const std::string& line) {
  const char* next = line.data();
  const char* end = next + line.size();
  const auto number = [&](Index& value) {
    while (next != end && *next == ' ')
      ++next;
    const auto parsed = std::from_chars(next, end, value);
    if (parsed.ec != std::errc()) damaged();
    next = parsed.ptr;
    while (next != end && *next == ' ')
      ++next;
  };
  if (line.size() < 2 || (line[0] != '-' && line[0] != '+')) damaged();
  if (line[1] == 'X') {
    throw Error("is an HDR with columns in the place of rows (\"" + line.substr(0, 2) +
                " ...\"), which is not read; save it with \"-Y\" first");
  }
  Hdr hdr;
  const bool from_bottom = line[0] == '+';
  if (line[1] != 'Y') damaged();
  next += 2;
  number(hdr.size.y);
  if (end - next < 2 || next[1] != 'X' || (*next != '-' && *next != '+')) damaged();
  const bool from_right = *next == '-';
  next += 2;
  number(hdr.size.x);
  if (next != end) damaged();
  hdr.orientation = from_bottom ? (from_right ? 3 : 4) : (from_right ? 2 : 1);
  return hdr;
}

Hdr read_header(ByteReader& file) {
  file.seek(0);
  read_line(file);  // "#?RADIANCE"
  bool known = false;
  for (std::string line = read_line(file); !line.empty(); line = read_line(file)) {
    if (!line.starts_with("FORMAT=")) continue;
    known = line == "FORMAT=32-bit_rle_rgbe";
    if (line == "FORMAT=32-bit_rle_xyze")
      throw Error("is an HDR in XYZ colours, which is not read; save it in RGB");
  }
  if (!known) throw Error("is an HDR that does not name its format; it must be 32-bit_rle_rgbe");
  const Hdr hdr = parse_size(read_line(file));
  require_picture_size(hdr.size);
  return hdr;
}

// Reads the newer encoding, in which the four components of all pixels follow each other. A count
// above 128 is a run.
void read_parts(ByteReader& file, Row& row) {
  for (std::size_t part = 0; part < 4; ++part) {
    for (std::size_t x = 0; x < row.size();) {
      std::size_t count = file.u8();
      const bool run = count > 128;
      if (run) count -= 128;
      if (count == 0 || count > row.size() - x) damaged();
      const std::uint8_t value = run ? file.u8() : std::uint8_t{0};
      for (; count > 0; --count)
        row[x++][part] = run ? value : file.u8();
    }
  }
}

// Reads pixels one after the other. In the older encoding (1, 1, 1, n) repeats the pixel before it
// n times; a second one in a row counts 256-fold.
void read_pixels(ByteReader& file, Rgbe first, Row& row) {
  unsigned shift = 0;
  bool have_first = true;
  for (std::size_t x = 0; x < row.size();) {
    Rgbe pixel = first;
    if (!have_first) file.read(pixel);
    have_first = false;
    if (pixel[0] != 1 || pixel[1] != 1 || pixel[2] != 1) {
      row[x++] = pixel;
      shift = 0;
      continue;
    }
    if (x == 0 || shift > 16) damaged();
    const std::size_t count = static_cast<std::size_t>(pixel[3]) << shift;
    if (count > row.size() - x) damaged();
    for (std::size_t i = 0; i < count; ++i, ++x)
      row[x] = row[x - 1];
    shift += 8;
  }
}

void read_row(ByteReader& file, Row& row) {
  Rgbe first{};
  file.read(first);
  const std::size_t width = row.size();
  const bool parts =
      width >= 8 && width < 32768 && first[0] == 2 && first[1] == 2 && first[2] < 128;
  if (!parts) {
    read_pixels(file, first, row);
  } else {
    if ((static_cast<std::size_t>(first[2]) << 8 | first[3]) != width) damaged();
    read_parts(file, row);
  }
}

}  // namespace

PictureHeader read_hdr_header(ByteReader& file) {
  const Hdr hdr = read_header(file);
  return {.format = PictureFormat::kHdr,
          .size = hdr.size,
          .color = true,
          .orientation = hdr.orientation,
          .bytes_per_pixel = 16};
}

Raster read_hdr(ByteReader& file) {
  const Hdr hdr = read_header(file);
  Row row(static_cast<std::size_t>(hdr.size.x));
  // Every row takes at least its runs of 127 for each component, or one pixel.
  file.require(4 * static_cast<std::uint64_t>(hdr.size.y));
  std::vector<float> samples;
  samples.reserve(3 * row.size() * static_cast<std::size_t>(hdr.size.y));
  for (Index y = 0; y < hdr.size.y; ++y) {
    read_row(file, row);
    for (const Rgbe& pixel : row) {
      const float scale = pixel[3] == 0 ? 0.0f : std::ldexp(1.0f, pixel[3] - 136);
      for (std::size_t c = 0; c < 3; ++c)
        samples.push_back(static_cast<float>(pixel[c]) * scale);
    }
  }
  return {.size = hdr.size, .channels = 3, .samples = std::move(samples)};
}

}  // namespace convscope::files
