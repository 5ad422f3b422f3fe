#include "app/files/deflate.h"

#include <zlib.h>

#include <algorithm>
#include <new>

#include "engine/core/error.h"
#include "engine/core/number_text.h"

namespace convscope::files {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 15;  // bytes that are inflated at a time

// A zlib stream that is being read.
class Inflating {
 public:
  explicit Inflating(std::string_view stream) {
    // zlib declares what it reads as not const where ZLIB_CONST is not defined.
    state_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(stream.data()));
    state_.avail_in = static_cast<uInt>(stream.size());
    if (inflateInit(&state_) != Z_OK) throw std::bad_alloc();
  }
  ~Inflating() { inflateEnd(&state_); }
  Inflating(const Inflating&) = delete;
  Inflating& operator=(const Inflating&) = delete;

  // Appends the next piece; returns whether it was the last. Throws Error for a damaged stream.
  bool append_to(std::string& bytes) {
    const std::size_t before = bytes.size();
    bytes.resize(before + kPiece);
    state_.next_out = reinterpret_cast<Bytef*>(bytes.data() + before);
    state_.avail_out = static_cast<uInt>(kPiece);
    const int result = inflate(&state_, Z_NO_FLUSH);
    bytes.resize(bytes.size() - state_.avail_out);
    if (result == Z_STREAM_END) return true;
    if (result == Z_MEM_ERROR) throw std::bad_alloc();
    if (result == Z_BUF_ERROR || (result == Z_OK && state_.avail_in == 0 && state_.avail_out > 0))
      throw Error("it ends too early");
    if (result != Z_OK) throw Error("it is damaged");
    return false;
  }
  bool has_more() const { return state_.avail_in > 0; }

 private:
  z_stream state_{};
};

}  // namespace

std::string deflated(std::string_view bytes) {
  uLongf size = compressBound(static_cast<uLong>(bytes.size()));
  std::string stream(size, '\0');
  const int result = compress2(reinterpret_cast<Bytef*>(stream.data()), &size,
                               reinterpret_cast<const Bytef*>(bytes.data()),
                               static_cast<uLong>(bytes.size()), Z_BEST_COMPRESSION);
  if (result != Z_OK) throw std::bad_alloc();  // the only reason where the room suffices
  stream.resize(size);
  return stream;
}

std::string inflated(std::string_view stream, std::size_t most) {
  Inflating from(stream);
  std::string bytes;
  while (!from.append_to(bytes))
    if (bytes.size() > most) break;
  if (bytes.size() > most)
    throw Error("it holds more than " + count_text(static_cast<long long>(most)) + " bytes");
  if (from.has_more()) throw Error("something stands behind its end");
  return bytes;
}

}  // namespace convscope::files
