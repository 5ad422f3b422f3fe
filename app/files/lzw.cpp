#include "app/files/lzw.h"

#include <algorithm>
#include <array>

#include "app/files/picture_fault.h"

namespace convscope::files {
namespace {

constexpr std::uint32_t kMaxCodes = 4096;  // codes have at most 12 bits
constexpr std::uint32_t kNone = kMaxCodes;

// Reads codes from blocks. Each block begins with its length; one of length 0 is the end.
class Codes {
 public:
  explicit Codes(ByteReader& file) : file_(file) {}

  std::uint32_t next(std::uint32_t width) {
    while (count_ < width) {
      if (left_ == 0) {
        left_ = file_.u8();
        if (left_ == 0) throw PictureDataError(PictureFault::kCut);
      }
      --left_;
      bits_ |= static_cast<std::uint32_t>(file_.u8()) << count_;
      count_ += 8;
    }
    const std::uint32_t code = bits_ & ((1u << width) - 1);
    bits_ >>= width;
    count_ -= width;
    return code;
  }

 private:
  ByteReader& file_;
  std::uint32_t left_ = 0;  // bytes left in the block
  std::uint32_t bits_ = 0;
  std::uint32_t count_ = 0;
};

// The code table: each code stands for the values of an earlier code and one value more.
struct Table {
  std::array<std::uint32_t, kMaxCodes> before{};
  std::array<std::uint8_t, kMaxCodes> last{};
  std::array<std::uint8_t, kMaxCodes> first{};
  std::array<std::uint32_t, kMaxCodes> length{};
};

// Writes the values of a code, from the last to the first, as far as there is room.
void append(const Table& table, std::uint32_t code, std::size_t count,
            std::vector<std::uint8_t>& values) {
  const std::size_t begin = values.size();
  const std::size_t length = table.length[code];
  values.resize(std::min(begin + length, count));
  for (std::size_t i = length; i-- > 0; code = table.before[code]) {
    if (begin + i < values.size()) values[begin + i] = table.last[code];
  }
}

}  // namespace

std::vector<std::uint8_t> read_lzw(ByteReader& file, std::size_t count) {
  const std::uint32_t size = file.u8();
  if (size < 1 || size > 8) throw PictureDataError(PictureFault::kDamaged);
  const std::uint32_t clear = 1u << size;
  const std::uint32_t end = clear + 1;
  Table table;
  for (std::uint32_t i = 0; i < clear; ++i) {
    table.last[i] = table.first[i] = static_cast<std::uint8_t>(i);
    table.length[i] = 1;
  }
  std::vector<std::uint8_t> values;
  // No code stands for more values than the table has entries, so fewer bytes than this can't be
  // enough.
  file.require(count / kMaxCodes);
  values.reserve(count);
  Codes codes(file);
  std::uint32_t width = size + 1;
  std::uint32_t next = end + 1;
  std::uint32_t previous = kNone;
  while (values.size() < count) {
    const std::uint32_t code = codes.next(width);
    if (code == end) throw PictureDataError(PictureFault::kCut);
    if (code == clear) {
      width = size + 1;
      next = end + 1;
      previous = kNone;
      continue;
    }
    const bool grows = previous != kNone && next < kMaxCodes;
    if (code > next || (code == next && !grows)) throw PictureDataError(PictureFault::kDamaged);
    if (grows) {
      table.before[next] = previous;
      table.first[next] = table.first[previous];
      table.length[next] = table.length[previous] + 1;
      table.last[next] = table.first[code == next ? previous : code];
      ++next;
      if (next == 1u << width && width < 12) ++width;
    }
    append(table, code, count, values);
    previous = code;
  }
  return values;
}

}  // namespace convscope::files
