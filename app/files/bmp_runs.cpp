#include "app/files/bmp_runs.h"

#include "app/files/picture_fault.h"

namespace convscope::files {
namespace {

[[noreturn]] void damaged() {
  throw PictureDataError(PictureFault::kDamaged);
}

// Reads the file's pairs of bytes: (count, pixel) is a run; (0, 0) ends the row and (0, 1) the
// picture; (0, 2) moves to another position; (0, n) is followed by n pixels, padded to an even
// number of bytes.
class Runs {
 public:
  Runs(ByteReader& file, Yx size, bool four_bits)
      : file_(file),
        size_(size),
        four_bits_(four_bits),
        indices_(static_cast<std::size_t>(size.y * size.x)) {}

  std::vector<std::uint8_t> read() && {
    while (!done()) {
      const std::uint8_t count = file_.u8();
      const std::uint8_t value = file_.u8();
      if (count > 0) {
        for (unsigned i = 0; i < count; ++i)
          put(four_bits_ && i % 2 == 0 ? value >> 4 : value);
      } else if (value == 0) {
        end_row();
      } else if (value == 1 || value == 2) {
        damaged();  // some pixels were not there
      } else {
        literal(value);
      }
    }
    return std::move(indices_);
  }

 private:
  bool done() const { return y_ == size_.y || (y_ + 1 == size_.y && x_ == size_.x); }

  void put(unsigned value) {
    if (x_ == size_.x) return;  // ImageMagick pads each row to a multiple of four pixels
    indices_[static_cast<std::size_t>(y_ * size_.x + x_++)] =
        static_cast<std::uint8_t>(four_bits_ ? value & 15 : value);
  }

  void end_row() {
    if (x_ != size_.x) damaged();
    x_ = 0;
    ++y_;
  }

  void literal(unsigned count) {
    const unsigned bytes = four_bits_ ? (count + 1) / 2 : count;
    std::uint8_t byte = 0;
    for (unsigned i = 0; i < count; ++i) {
      const bool first = !four_bits_ || i % 2 == 0;
      if (first) byte = file_.u8();
      put(four_bits_ && first ? byte >> 4 : byte);
    }
    if (bytes % 2 != 0 && !done()) file_.u8();
  }

  ByteReader& file_;
  Yx size_;
  bool four_bits_;
  Index y_ = 0;
  Index x_ = 0;
  std::vector<std::uint8_t> indices_;
};

}  // namespace

std::vector<std::uint8_t> read_bmp_runs(ByteReader& file, Yx size, bool four_bits) {
  return Runs(file, size, four_bits).read();
}

}  // namespace convscope::files
