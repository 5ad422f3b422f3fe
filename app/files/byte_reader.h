#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "app/files/names.h"

namespace convscope::files {

// Reads bytes from front to back, from a file (a piece at a time) or from memory. Reading past the
// end throws PictureDataError (kCut).
class ByteReader {
 public:
  explicit ByteReader(std::span<const std::uint8_t> bytes);
  // Reads an open file of `size` bytes; the file's own position is neither used nor moved. A file
  // that can't be read further ends there.
  ByteReader(int file, std::uint64_t size);
  ByteReader(const ByteReader&) = delete;
  ByteReader& operator=(const ByteReader&) = delete;

  std::uint64_t size() const { return size_; }
  std::uint64_t position() const { return start_ + next_; }
  std::uint64_t left() const { return size_ - position(); }
  bool at_end() { return next_ == window_.size() && !refill(); }

  std::uint8_t u8() {
    if (at_end()) throw_cut();
    return window_[next_++];
  }
  std::uint32_t u16le();
  std::uint32_t u16be();
  std::uint32_t u32le();
  std::uint32_t u32be();
  void read(std::span<std::uint8_t> into);
  // Reads as many bytes as there are, at most into.size(). Returns their number, 0 at the end.
  std::size_t read_some(std::span<std::uint8_t> into);
  void skip(std::uint64_t count);
  void seek(std::uint64_t position);
  // Throws PictureDataError if fewer than `count` bytes are left; to be called before allocating
  // memory for them.
  void require(std::uint64_t count) const;

 private:
  [[noreturn]] static void throw_cut();
  bool refill();

  int file_ = -1;
  std::uint64_t size_ = 0;
  std::uint64_t start_ = 0;  // position of the window in the file
  std::size_t next_ = 0;     // position in the window
  std::vector<std::uint8_t> buffer_;
  std::span<const std::uint8_t> window_;
};

}  // namespace convscope::files
