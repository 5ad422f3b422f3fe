#include "app/files/exif_orientation.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace convscope::files {
namespace {

constexpr std::uint32_t kOrientationTag = 0x0112;
constexpr std::uint32_t kShort = 3;  // the type of a 16-bit number
constexpr std::size_t kEntrySize = 12;

// The bytes of a TIFF, in the byte order that its first two bytes name.
class Tiff {
 public:
  explicit Tiff(std::span<const std::uint8_t> bytes)
      : bytes_(bytes), little_(!bytes.empty() && bytes[0] == 'I') {}

  bool has(std::size_t offset, std::size_t count) const {
    return offset <= bytes_.size() && count <= bytes_.size() - offset;
  }
  std::uint32_t u16(std::size_t offset) const {
    const std::uint32_t a = bytes_[offset];
    const std::uint32_t b = bytes_[offset + 1];
    return little_ ? a | b << 8 : a << 8 | b;
  }
  std::uint32_t u32(std::size_t offset) const {
    const std::uint32_t a = u16(offset);
    const std::uint32_t b = u16(offset + 2);
    return little_ ? a | b << 16 : a << 16 | b;
  }

 private:
  std::span<const std::uint8_t> bytes_;
  bool little_;
};

}  // namespace

int exif_orientation(std::span<const std::uint8_t> segment) {
  constexpr std::array<std::uint8_t, 6> kMark = {'E', 'x', 'i', 'f', 0, 0};
  if (segment.size() < kMark.size() || !std::ranges::equal(segment.first(kMark.size()), kMark))
    return 1;
  const Tiff tiff(segment.subspan(kMark.size()));
  if (!tiff.has(0, 8)) return 1;
  const std::size_t directory = tiff.u32(4);
  if (!tiff.has(directory, 2)) return 1;
  const std::size_t count = tiff.u16(directory);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t entry = directory + 2 + i * kEntrySize;
    if (!tiff.has(entry, kEntrySize)) return 1;
    if (tiff.u16(entry) != kOrientationTag) continue;
    const std::uint32_t value = tiff.u16(entry + 8);
    const bool good = tiff.u16(entry + 2) == kShort && value >= 1 && value <= 8;
    return good ? static_cast<int>(value) : 1;
  }
  return 1;
}

}  // namespace convscope::files
