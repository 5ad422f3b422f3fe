#include "app/files/byte_reader.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "app/files/picture_fault.h"

namespace convscope::files {
namespace {

constexpr std::size_t kBufferSize = std::size_t{64} << 10;

}  // namespace

ByteReader::ByteReader(std::span<const std::uint8_t> bytes) : size_(bytes.size()), window_(bytes) {}

ByteReader::ByteReader(int file, std::uint64_t size) : file_(file), size_(size) {
  buffer_.resize(kBufferSize);
}

void ByteReader::throw_cut() {
  throw PictureDataError(PictureFault::kCut);
}

bool ByteReader::refill() {
  if (file_ < 0 || position() >= size_) return false;
  const auto wanted =
      static_cast<std::size_t>(std::min<std::uint64_t>(buffer_.size(), size_ - position()));
  const auto from = static_cast<off_t>(position());
  ssize_t count = 0;
  do {
    count = pread(file_, buffer_.data(), wanted, from);
  } while (count < 0 && errno == EINTR);
  start_ = static_cast<std::uint64_t>(from);
  next_ = 0;
  window_ = std::span(buffer_).first(count > 0 ? static_cast<std::size_t>(count) : 0);
  if (count > 0) return true;
  size_ = start_;  // the file was truncated, or can't be read further
  return false;
}

std::uint32_t ByteReader::u16le() {
  const std::uint32_t low = u8();
  return low | static_cast<std::uint32_t>(u8()) << 8;
}

std::uint32_t ByteReader::u16be() {
  const std::uint32_t high = u8();
  return high << 8 | u8();
}

std::uint32_t ByteReader::u32le() {
  const std::uint32_t low = u16le();
  return low | u16le() << 16;
}

std::uint32_t ByteReader::u32be() {
  const std::uint32_t high = u16be();
  return high << 16 | u16be();
}

std::size_t ByteReader::read_some(std::span<std::uint8_t> into) {
  std::size_t done = 0;
  while (done < into.size() && !at_end()) {
    const std::size_t count = std::min(into.size() - done, window_.size() - next_);
    std::ranges::copy(window_.subspan(next_, count), into.subspan(done).begin());
    next_ += count;
    done += count;
  }
  return done;
}

void ByteReader::read(std::span<std::uint8_t> into) {
  if (read_some(into) < into.size()) throw_cut();
}

void ByteReader::require(std::uint64_t count) const {
  if (left() < count) throw_cut();
}

void ByteReader::skip(std::uint64_t count) {
  require(count);
  seek(position() + count);
}

void ByteReader::seek(std::uint64_t position) {
  if (position > size_) throw_cut();
  if (position >= start_ && position - start_ <= window_.size()) {
    next_ = static_cast<std::size_t>(position - start_);
    return;
  }
  start_ = position;
  next_ = 0;
  window_ = {};
}

}  // namespace convscope::files
