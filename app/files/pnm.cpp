#include "app/files/pnm.h"

#include <algorithm>
#include <array>
#include <string>

#include "app/files/picture_fault.h"
#include "engine/core/error.h"

namespace convscope::files {
namespace {

constexpr std::uint64_t kMaxHeaderSize = std::uint64_t{64} << 10;
constexpr std::uint32_t kMaxMaxval = 65535;

// The header. PBM has no maxval: its bits are 0 and 1, and 1 is black.
struct Pnm {
  char kind = '5';  // '1' to '6'
  Yx size;
  std::uint32_t maxval = 1;

  bool bits() const { return kind == '1' || kind == '4'; }
  bool plain() const { return kind <= '3'; }
  int channels() const { return kind == '3' || kind == '6' ? 3 : 1; }
  std::size_t numel() const {
    return static_cast<std::size_t>(size.y) * static_cast<std::size_t>(size.x) *
           static_cast<std::size_t>(channels());
  }
};

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

// Reads words and numbers from a text with comments, which go up to the end of their line.
class Words {
 public:
  static constexpr std::uint32_t kMax = 100'000'000;  // larger numbers are read as this one

  explicit Words(ByteReader& file, std::uint64_t limit) : file_(file), limit_(limit) {}

  bool at_end() { return file_.at_end(); }

  char next() {
    char c = raw();
    if (c == '#') {
      while (c != '\n' && c != '\r')
        c = raw();
    }
    return c;
  }

  char after_space() {
    char c = next();
    while (is_space(c))
      c = next();
    return c;
  }

  // Reads a number and the single white space after it, or the end of the file.
  std::uint32_t number() {
    char c = after_space();
    if (c < '0' || c > '9') throw PictureDataError(PictureFault::kDamaged);
    std::uint32_t value = 0;
    while (true) {
      value = std::min<std::uint32_t>(value * 10 + static_cast<std::uint32_t>(c - '0'), kMax);
      if (file_.at_end()) return value;
      c = next();
      if (c < '0' || c > '9') break;
    }
    if (!is_space(c)) throw PictureDataError(PictureFault::kDamaged);
    return value;
  }

 private:
  char raw() {
    if (file_.position() >= limit_) {
      throw Error("has a header of more than " + std::to_string(kMaxHeaderSize >> 10) + " kB");
    }
    return static_cast<char>(file_.u8());
  }

  ByteReader& file_;
  std::uint64_t limit_;
};

// Numbers beyond kMax are not known exactly, so a message doesn't show them.
std::uint32_t read_number(Words& words, const std::string& what, std::uint32_t most) {
  const std::uint32_t value = words.number();
  if (value == Words::kMax) {
    throw Error("has a " + what + " of " + std::to_string(value) +
                " or more; it must be from 1 to " + std::to_string(most));
  }
  return value;
}

Pnm read_header(ByteReader& file) {
  file.u8();  // 'P'
  Pnm pnm;
  pnm.kind = static_cast<char>(file.u8());
  Words words(file, kMaxHeaderSize);
  pnm.size.x = read_number(words, "width", kMaxPictureSize);
  pnm.size.y = read_number(words, "height", kMaxPictureSize);
  require_picture_size(pnm.size);
  if (pnm.bits()) return pnm;
  pnm.maxval = read_number(words, "maxval", kMaxMaxval);
  if (pnm.maxval < 1 || pnm.maxval > kMaxMaxval) {
    throw Error("has a maxval of " + std::to_string(pnm.maxval) + "; it must be from 1 to " +
                std::to_string(kMaxMaxval));
  }
  return pnm;
}

// Reads PBM: eight pixels a byte; each row begins with a new byte.
std::vector<std::uint8_t> read_bits(ByteReader& file, const Pnm& pnm) {
  const auto width = static_cast<std::size_t>(pnm.size.x);
  std::vector<std::uint8_t> row((width + 7) / 8);
  file.require(row.size() * static_cast<std::uint64_t>(pnm.size.y));
  std::vector<std::uint8_t> samples;
  samples.reserve(pnm.numel());
  for (Index y = 0; y < pnm.size.y; ++y) {
    file.read(row);
    for (std::size_t x = 0; x < width; ++x)
      samples.push_back((row[x / 8] >> (7 - x % 8) & 1) != 0 ? 0 : 255);
  }
  return samples;
}

// Reads plain PBM: digits, with or without space between them.
std::vector<std::uint8_t> read_plain_bits(ByteReader& file, const Pnm& pnm) {
  file.require(pnm.numel());
  Words words(file, file.size());
  std::vector<std::uint8_t> samples(pnm.numel());
  for (std::uint8_t& sample : samples) {
    if (words.at_end()) throw PictureDataError(PictureFault::kCut);
    const char c = words.after_space();
    if (c != '0' && c != '1') throw PictureDataError(PictureFault::kDamaged);
    sample = c == '1' ? 0 : 255;
  }
  return samples;
}

template <typename T>
T converted(std::uint32_t sample, const Pnm& pnm) {
  if (sample > pnm.maxval) throw PictureDataError(PictureFault::kAboveMaxval);
  if constexpr (std::is_same_v<T, float>) {
    return static_cast<float>(sample) / static_cast<float>(pnm.maxval);
  } else {
    return static_cast<T>(sample);
  }
}

template <typename T>
std::vector<T> read_samples(ByteReader& file, const Pnm& pnm) {
  const std::size_t bytes = pnm.maxval < 256 ? 1 : 2;
  // A plain sample is at least a digit and, except for the last, a space.
  file.require(pnm.plain() ? 2 * pnm.numel() - 1 : bytes * pnm.numel());
  std::vector<T> samples(pnm.numel());
  if (pnm.plain()) {
    Words words(file, file.size());
    for (T& sample : samples) {
      if (words.at_end()) throw PictureDataError(PictureFault::kCut);
      sample = converted<T>(words.number(), pnm);
    }
  } else {
    for (T& sample : samples)
      sample = converted<T>(bytes == 1 ? file.u8() : file.u16be(), pnm);
  }
  return samples;
}

}  // namespace

bool is_pnm(std::span<const std::uint8_t> start) {
  if (start.size() < 3 || start[0] != 'P') return false;
  const auto kind = static_cast<char>(start[1]);
  const auto behind = static_cast<char>(start[2]);
  const bool known = (kind >= '1' && kind <= '7') || kind == 'F' || kind == 'f';
  return known && (is_space(behind) || behind == '#');
}

PictureHeader read_pnm_header(ByteReader& file) {
  file.seek(1);
  const auto kind = static_cast<char>(file.u8());
  file.seek(0);
  if (kind < '1' || kind > '6') {
    throw Error(std::string("is a ") + (kind == '7' ? "PAM (P7)" : "PFM") +
                ", which is not read; save it as a PNM (P1 to P6) or as PNG");
  }
  const Pnm pnm = read_header(file);
  return {.format = PictureFormat::kPnm,
          .size = pnm.size,
          .color = pnm.channels() == 3,
          .bytes_per_pixel = 8 * pnm.channels()};
}

Raster read_pnm(ByteReader& file) {
  const Pnm pnm = read_header(file);
  Raster raster{.size = pnm.size, .channels = pnm.channels(), .samples = {}};
  if (pnm.bits()) {
    raster.samples = pnm.plain() ? read_plain_bits(file, pnm) : read_bits(file, pnm);
  } else if (pnm.maxval == 255) {
    raster.samples = read_samples<std::uint8_t>(file, pnm);
  } else if (pnm.maxval == kMaxMaxval) {
    raster.samples = read_samples<std::uint16_t>(file, pnm);
  } else {
    raster.samples = read_samples<float>(file, pnm);
  }
  return raster;
}

}  // namespace convscope::files
