#include "app/files/jpeg_header.h"

#include <optional>
#include <string>

#include "app/files/exif_orientation.h"
#include "app/files/picture_fault.h"
#include "engine/core/error.h"

namespace convscope::files {
namespace {

enum Marker : std::uint8_t {
  kTem = 0x01,
  kSof0 = 0xC0,
  kSof2 = 0xC2,
  kDht = 0xC4,
  kJpg = 0xC8,
  kDac = 0xCC,
  kSof15 = 0xCF,
  kRst0 = 0xD0,
  kSoi = 0xD8,
  kEoi = 0xD9,
  kSos = 0xDA,
  kApp1 = 0xE1,
};

constexpr int kMaxSegments = 4096;
constexpr int kMaxFill = 4096;  // most bytes between two segments

[[noreturn]] void refuse(const std::string& variant) {
  throw Error("is a JPEG " + variant + ", which is not read; save it as a baseline JPEG or as PNG");
}

bool is_frame(std::uint8_t marker) {
  return marker >= kSof0 && marker <= kSof15 && marker != kDht && marker != kJpg && marker != kDac;
}

// Reads a marker: 0xFF and a byte that is neither 0 nor 0xFF. Some writers put fill bytes before
// it.
std::uint8_t next_marker(ByteReader& file) {
  for (int i = 0; i < kMaxFill; ++i) {
    if (file.u8() != 0xFF) continue;
    std::uint8_t marker = file.u8();
    for (int fill = 0; marker == 0xFF && fill < kMaxFill; ++fill)
      marker = file.u8();
    if (marker != 0x00 && marker != 0xFF) return marker;
  }
  throw PictureDataError(PictureFault::kDamaged);
}

void read_frame(ByteReader& file, std::uint8_t marker, PictureHeader& header) {
  if (marker > kSof2) {
    const bool lossless = (marker & 3) == 3;
    refuse(lossless        ? "without loss"
           : marker > kJpg ? "with arithmetic coding"
                           : "in several sizes (hierarchical)");
  }
  const std::uint32_t bits = file.u8();
  header.size.y = file.u16be();
  header.size.x = file.u16be();
  const std::uint32_t channels = file.u8();
  if (header.size.y == 0 && header.size.x > 0) refuse("that tells its height at the end");
  require_picture_size(header.size);
  if (bits != 8) refuse("with " + std::to_string(bits) + " bits a sample");
  if (channels == 4) refuse("in CMYK colours");
  if (channels != 1 && channels != 3) refuse("of " + std::to_string(channels) + " channels");
  header.color = channels == 3;
}

}  // namespace

PictureHeader read_jpeg_header(ByteReader& file) {
  PictureHeader header{.format = PictureFormat::kJpeg, .size = {}, .bytes_per_pixel = 24};
  file.seek(2);  // after the start-of-image marker
  bool has_frame = false;
  for (int i = 0; i < kMaxSegments; ++i) {
    const std::uint8_t marker = next_marker(file);
    if (marker == kEoi || (marker == kSos && !has_frame))
      throw PictureDataError(PictureFault::kDamaged);
    if (marker == kSos) return header;
    if (marker == kTem || (marker >= kRst0 && marker <= kSoi))
      continue;  // markers without a segment
    const std::uint32_t size = file.u16be();
    if (size < 2) throw PictureDataError(PictureFault::kDamaged);
    const std::uint64_t end = file.position() + size - 2;
    if (is_frame(marker) && !has_frame) {
      read_frame(file, marker, header);
      has_frame = true;
    } else if (marker == kApp1 && header.orientation == 1) {
      std::vector<std::uint8_t> segment(size - 2);
      file.read(segment);
      header.orientation = exif_orientation(segment);
    }
    file.seek(end);
  }
  throw PictureDataError(PictureFault::kDamaged);
}

}  // namespace convscope::files
