#include "app/files/arrays/idx.h"

#include <zlib.h>

#include <array>
#include <memory>
#include <stdexcept>
#include <system_error>

#include "app/files/arrays/array_dtype.h"

namespace convscope::files {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFormat = "idx file";

struct Close {
  void operator()(gzFile_s* file) const { gzclose_r(file); }
};

// Reads a file, through gzip where it is compressed. What is damaged leaves the stream bad.
class GzipBuffer : public std::streambuf {
 public:
  explicit GzipBuffer(const fs::path& path) : file_(gzopen(path.c_str(), "rb")) {}
  bool is_open() const { return file_ != nullptr; }

 protected:
  int_type underflow() override {
    const int count = gzread(file_.get(), buffer_.data(), static_cast<unsigned>(buffer_.size()));
    int code = Z_OK;
    gzerror(file_.get(), &code);
    // A stream that is cut gives what it has, and then nothing and an error.
    const bool damaged = count < 0 || (count == 0 && code != Z_OK && code != Z_STREAM_END);
    if (damaged) throw std::runtime_error("damaged stream");  // which the stream catches
    if (count == 0) return traits_type::eof();
    setg(buffer_.data(), buffer_.data(), buffer_.data() + count);
    return traits_type::to_int_type(buffer_.front());
  }

 private:
  std::unique_ptr<gzFile_s, Close> file_;
  std::array<char, 1 << 16> buffer_{};
};

class GzipStream : public std::istream {
 public:
  explicit GzipStream(const fs::path& path) : std::istream(nullptr), buffer_(path) {
    rdbuf(&buffer_);
    if (!buffer_.is_open()) setstate(badbit);
  }

 private:
  GzipBuffer buffer_;
};

const char* type_name(unsigned char type) {
  switch (type) {
    case 0x08:
      return "uint8";
    case 0x09:
      return "int8";
    case 0x0B:
      return "int16";
    case 0x0C:
      return "int32";
    case 0x0D:
      return "float32";
    case 0x0E:
      return "float64";
    default:
      return nullptr;
  }
}

using Start = std::array<unsigned char, 4>;

bool begins_idx(const Start& start) {
  return start[0] == 0 && start[1] == 0 && type_name(start[2]) != nullptr && start[3] > 0;
}

// Refuses a file that can't hold as many bytes as its header promises, before memory is taken for
// them: gzip makes at most 1032 bytes of one.
void require_bytes(const fs::path& path, const OpenArray& array, Index header_bytes) {
  std::ifstream file = open_bytes(path);
  const std::uintmax_t there = bytes_left(file, path.string());
  const bool compressed = file.get() == 0x1F && file.get() == 0x8B;
  const std::uintmax_t most = compressed ? (there + 64) * 1032 : there;
  const Index wanted = header_bytes + array.header.numel * array.header.dtype.size;
  if (static_cast<std::uintmax_t>(wanted) > most)
    throw damaged_array(array.label, kFormat, "its values can't be read to the end");
}

bool take(std::istream& bytes, Start& into) {
  return static_cast<bool>(
      bytes.read(reinterpret_cast<char*>(into.data()), static_cast<std::streamsize>(into.size())));
}

}  // namespace

bool is_idx(const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return false;
  GzipStream file(path);
  Start start{};
  return take(file, start) && begins_idx(start);
}

OpenArray open_idx(const fs::path& path) {
  const std::string label = path.string();
  open_bytes(path);  // whose messages say what is wrong with the file itself
  OpenArray array{label, kFormat, std::make_unique<GzipStream>(path), {}};
  Start start{};
  if (!take(*array.bytes, start) || !begins_idx(start))
    throw Error("\"" + label +
                "\" is not an idx file: it doesn't begin with two zeros, a type and the number of "
                "dimensions");
  array.header.dtype = array_dtype(type_name(start[2]));
  array.header.dtype.big_endian = true;
  array.header.descr = array.header.dtype.name;
  for (int axis = 0; axis < start[3]; ++axis) {
    Start size{};
    if (!take(*array.bytes, size)) throw damaged_array(label, kFormat, "it ends in the header");
    array.header.shape.push_back(static_cast<Index>(size[0]) << 24 | size[1] << 16 | size[2] << 8 |
                                 size[3]);
  }
  array.header.numel = checked_numel(array.header, label);
  require_bytes(path, array, 4 + 4 * Index{start[3]});
  return array;
}

}  // namespace convscope::files
